package mail

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// trimmed is what was taken out of a text.
type trimmed struct {
	dropped []document.Dropped
}

var (
	// wrote closes the line that says whom the quotation under it quotes.
	wrote = regexp.MustCompile(`(?is)^.{5,400}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|napisał(?:\(a\)|a)?|skrev|пишет|писал(?:\(а\)|а)?|написал(?:\(а\)|а)?|şunu yazdı|yazdı|yazıb|yazır|yazmışdır)\s?[:：]\s*$`)
	// marker stands above a message that is quoted or passed on whole.
	marker = regexp.MustCompile(`(?i)^[\s\-_=>*]*(?:begin forwarded message|forwarded (?:message|by .{1,60})|original message|(?:weitergeleitete|ursprüngliche) (?:nachricht|e-mail)|anfang der weitergeleiteten nachricht|message (?:transféré|d[’']origine|original)|début du message (?:transféré|réexpédié)|mensaje (?:reenviado|original)|messaggio (?:inoltrato|originale)|inizio messaggio inoltrato|пересылаемое сообщение|пересланное сообщение|исходное сообщение|начало (?:переадресованного|пересылаемого) (?:сообщения|письма)|переадресованное сообщение|i?iletilen (?:mesaj|ileti)|yönlendirilen (?:mesaj|ileti)|özgün ileti|orijinal mesaj|yönləndirilmiş mesaj|ilkin mesaj)[\s\-_=:*]*(?:\n|$)`)
	// sentFrom is what programs put under a message.
	sentFrom = regexp.MustCompile(`(?i)^(?:sent from (?:my |mail for |outlook|yahoo|proton)|get outlook for|von meinem .{2,30} gesendet|gesendet (?:von|mit) |envoyé (?:de|depuis) mon |enviado desde mi |inviato da(?:l mio)? |отправлено (?:с|из) |iphone['’]?umdan gönderildi|.{2,30} cihazımdan gönderildi|telefonumdan göndərilib|mənim .{2,20} göndərilib).{0,80}$`)
	// online leads to the same newsletter on the web.
	online = regexp.MustCompile(`(?i)view (?:this |it |the )?(?:e-?mail |newsletter |message )?(?:in|on) (?:your |a |the )?(?:browser|web)|(?:read|open|view) (?:it )?online|web version|im browser (?:ansehen|öffnen|anzeigen)|online[- ]version|version en ligne|(?:voir|afficher|lire) .{0,30}(?:navigateur|en ligne)|ver (?:este |el )?.{0,20}navegador|открыть .{0,30}браузере|посмотреть .{0,20}браузере|веб-верси|tarayıcı(?:da|nızda)|brauzerdə|having trouble viewing|can[’']t see|если письмо (?:отображается|не отображается)`)
	// hanging begins what lists and newsletters hang under a message.
	hanging  = regexp.MustCompile(`(?i)unsubscribe|manage (?:your |my )?(?:subscription|preferences|e-?mails?)|update (?:your |my )?(?:e-?mail )?(?:preferences|profile)|you(?:[’']re| are) (?:receiving|subscribed|getting)|you (?:have )?received this (?:message|e-?mail|newsletter)|this (?:e-?mail|message|newsletter) (?:was|has been) sent|\bmailing list\b.*(?:\n|$).*(?:http|@)|/listinfo/|our mailing address|no longer wish to|opt[- ]out|forward (?:this )?to a friend|add us to your address book|abmelden|abbestellen|sie erhalten diese|отписаться|отказаться от рассылки|вы (?:получили|получаете) это|вы подписаны|désabonner|désinscri|vous recevez ce|darse de baja|cancelar (?:la |tu )?suscripción|recib(?:es|e|ió) este|abonelikten|listeden çık|bu e-?posta(?:yı)? .{0,40}(?:gönderil|alıyorsunuz)|abunəlik|bu məktub(?:u)? .{0,40}(?:göndəril|alırsınız)|disiscri|annulla l[’']iscrizione|uitschrijven|afmelden|wypisz|anuluj subskrypcj|cancelar (?:a )?inscrição|(?:confidential|privileged).{0,200}(?:recipient|addressee)|intended (?:only|solely) for|vertrauliche .{0,80}informationen|конфиденциальн.{0,200}(?:получател|адресат)|^©\s*(?:copyright )?\d{4}|^copyright ©|all rights reserved|все права защищены|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tüm hakları saklıdır|bütün hüquqlar(?:ı)? qorunur`)
	listName = regexp.MustCompile(`(?i)^[\s_\-=]*\n?.{1,80} mailing list\b`)
)

// most blocks that hang under a message, and how long one of them may be before
// it is a text of its own.
const (
	mostHanging = 40
	longText    = 300 // code points
)

func (t *trimmed) drop(why document.Reason, list ...document.Block) {
	if text := document.Canonical(list); text != "" {
		t.dropped = append(t.dropped, document.Dropped{Reason: why, Text: text})
	}
}

// quotations makes the line above a quotation part of it.
func quotations(blocks []document.Block, reply bool) []document.Block {
	for i := 0; i+1 < len(blocks); i++ {
		b, next := blocks[i], blocks[i+1]
		if b.Kind == document.Quote && b.Level >= next.Level || len(b.Text) > 1600 || utf8.RuneCountInString(b.Text) > 400 || !strings.ContainsAny(b.Text, "0123456789@") || !wrote.MatchString(b.Text) {
			continue
		}
		if next.Kind == document.Quote {
			blocks[i].Kind, blocks[i].Level = document.Quote, next.Level
		} else if reply && b.Kind == document.Paragraph {
			// The program of the sender does not mark what it quotes.
			quoteAll(blocks[i:])
		}
	}
	return blocks
}

// quoteAll makes quotations of blocks that stand in no one's words but those of
// the one who is answered.
func quoteAll(blocks []document.Block) {
	for i := range blocks {
		switch blocks[i].Kind {
		case document.Quote:
			blocks[i].Level++
		case document.Paragraph, document.ListItem:
			blocks[i].Kind, blocks[i].Level = document.Quote, 1
		}
	}
}

// head takes out what leads to the same text elsewhere.
func (t *trimmed) head(blocks []document.Block) []document.Block {
	var kept []document.Block
	for i, b := range blocks {
		if i < 6 && utf8.RuneCountInString(b.Text) < 200 && len(b.Links) > 0 && online.MatchString(b.Text) {
			t.drop(document.Navigation, b)
			continue
		}
		kept = append(kept, b)
	}
	return kept
}

// tail takes out what lists and newsletters hang under a message.
func (t *trimmed) tail(blocks []document.Block) []document.Block {
	n := len(blocks)
	end := n // nothing from here on is a text of its own
	for end > 0 && n-end < mostHanging {
		b := blocks[end-1]
		linked := 0
		for _, l := range b.Links {
			linked += l.End - l.Start
		}
		if size := utf8.RuneCountInString(b.Text); b.Kind == document.Quote || b.Kind == document.Heading || size > longText && linked*3 < size && (size > 4*longText || !hanging.MatchString(b.Text)) {
			break
		}
		end--
	}
	for k := end; k < n; k++ {
		if len(blocks[k].Text) > 16*longText {
			continue
		}
		if hanging.MatchString(blocks[k].Text) || listName.MatchString(blocks[k].Text) {
			for k > end && rule.MatchString(blocks[k-1].Text) {
				k--
			}
			t.drop(document.Footer, blocks[k:]...)
			blocks = blocks[:k]
			break
		}
	}
	for n := len(blocks); n > 0 && len(blocks[n-1].Text) < 500 && (rule.MatchString(blocks[n-1].Text) || sentFrom.MatchString(blocks[n-1].Text)); n = len(blocks) {
		t.drop(document.Footer, blocks[n-1])
		blocks = blocks[:n-1]
	}
	return blocks
}

// signature takes out what stands under "-- " up to a quotation or the end, and
// the lines of programs before a quotation.
func (t *trimmed) signature(blocks []document.Block) []document.Block {
	var kept []document.Block
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if b.Kind == document.Quote {
			kept = append(kept, b)
			continue
		}
		first, _, _ := strings.Cut(b.Text, "\n")
		if first == "--" || first == "—" && i > 0 {
			j := i
			for j < len(blocks) && blocks[j].Kind != document.Quote && !marker.MatchString(blocks[j].Text) {
				j++
			}
			if utf8.RuneCountInString(document.Canonical(blocks[i:j])) <= 2000 {
				t.drop(document.Footer, blocks[i:j]...)
				i = j - 1
				continue
			}
		}
		if len(b.Text) < 500 && sentFrom.MatchString(b.Text) && (i+1 == len(blocks) || blocks[i+1].Kind == document.Quote) {
			t.drop(document.Footer, b)
			continue
		}
		kept = append(kept, b)
	}
	return kept
}
