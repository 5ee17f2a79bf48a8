package dates

// fillerWords may stand around a date in a string that is one: weekdays, words
// for publishing, prepositions, zones.
var fillerWords = set(`published publish posted updated update modified last created date on at the of in by first release released added edited reviewed
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
am pm a p m h hrs hours utc gmt z t
понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс опубликовано обновлено дата публикации в г года год мск от размещено добавлено
понеділок вівторок середа четвер субота неділя опубліковано оновлено о року рік р
pazartesi sali çarşamba perşembe cuma cumartesi pazar yayinlanma yayın yayin tarihi tarih güncelleme güncellendi güncellenme giriş son saat eklenme
bazar ertəsi çərşənbə axşamı çərşənbə cümə axşami şənbə dərc tarix saat edilib olunub yenilənib
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so am um uhr den vom veröffentlicht aktualisiert erstellt stand zuletzt
lundi mardi mercredi jeudi vendredi samedi dimanche publié publie le à mis jour modifié
lunes martes miércoles jueves viernes sábado domingo publicado actualizado el a las hs del fecha
lunedi lunedì martedì mercoledì giovedì venerdì sabato domenica pubblicato aggiornato il alle ore
segunda terça quarta quinta sexta feira publicado atualizado em às
poniedziałek wtorek środa czwartek piątek sobota niedziela opublikowano aktualizacja dodano godz r dnia
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gepubliceerd geplaatst op bijgewerkt om
жарияланған жарияланды күні сағат дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі жылғы жылы ж
م ه ش تاریخ انتشار شنبه یکشنبه دوشنبه سه چهارشنبه پنجشنبه جمعه الاحد الاثنین الثلاثاء الاربعاء الخمیس الجمعه السبت نشر فی بتاریخ
发布时间 发 布 時 时 间 間 日 期 星 曜 月 火 水 木 金 土 一 二 三 四 五 六 更 新 于 於 発 表 公 開 配 信 午 前 後 分 秒 오전 오후 입력 수정
rd nd st th`)

// zones are names of time zones.
var zones = set("utc gmt z est edt cst cdt mst mdt pst pdt cet cest bst ist eet eest msk wib jst kst akst hst aest trt azt amt get aqtt almt et ct pt mt uhr мск")

// filler says whether token i may stand around a date.
func (p *parser) filler(i int) bool {
	t := &p.toks[i]
	switch t.kind {
	case mark:
		return true
	case word:
		return fillerWords[t.text] || zones[t.text]
	}
	return p.skipClock(i) > i
}

// fillers says whether the tokens from i up to end may follow a date: words as
// before it, times and offsets.
func (p *parser) fillers(i, end int) bool {
	for ; i < end; i++ {
		t := &p.toks[i]
		if t.kind != number {
			if !p.filler(i) {
				return false
			}
			continue
		}
		if j := p.skipClock(i); j > i {
			i = j - 1
			continue
		}
		if t.digits > 9 || t.digits > 4 && !p.is(i-1, '.') {
			return false
		}
		// Offsets ("+0400"), fractions of a second, Korean and Japanese times.
		if p.is(i-1, '+', '.', '-') && p.tight(i) || p.tight(i+1) && i+1 < end && p.toks[i+1].kind == word && fillerWords[p.toks[i+1].text] {
			continue
		}
		return false
	}
	return true
}
