package line

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cues are what the words of a line say about its part in a page. A line may
// have several.
type Cues uint32

// The cues. Each stands for a list of phrases in cuePhrases.
const (
	Share   Cues = 1 << iota // share, print, save, follow us, names of social networks
	Nav                      // menus: home, skip to content, search, sections
	Account                  // sign in, subscribe, register
	Privacy                  // cookies and consent
	Legal                    // copyright, all rights reserved, terms, imprint, contact
	Related                  // you might also like, read also, most read, latest
	Comment                  // comments, reply, leave a comment
	Advert                   // advertisement, sponsored
	Letter                   // newsletters, apps, channels to follow
	Tags                     // tags, topics, categories
	By                       // words of a byline
	Credit                   // photo, image, agency of a picture
	Reading                  // minutes to read, views
	Dated                    // published, updated
	About                    // about the author
	More                     // read more, continue reading, load more
	Reprint                  // source, originally published
	Form                     // email address, submit, your name
	Shop                     // add to cart, price, buy
	Count                    // so many comments, shares, likes
	Ago                      // how long ago something was
	allCues = 1<<21 - 1
)

// cueNames are the names that weights.go uses.
var cueNames = [...]string{"share", "nav", "account", "privacy", "legal", "related", "comment", "advert", "letter", "tags", "by", "credit", "reading",
	"dated", "about", "more", "reprint", "form", "shop", "count", "ago"}

// cuePhrases lists the phrases of each cue, parted by "|", in small letters. They
// are common interface words, in the languages that analysts read most.
var cuePhrases = map[Cues]string{
	Share: `share|share this|share on|share this article|share via|shares|tweet|retweet|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|tiktok|messenger|email|e-mail|print|copy link|copy url|save|bookmark|follow us|follow|like|flipboard|vk|vkontakte|odnoklassniki|viber|tumblr|rss|feed|google news|google+|listen|send|pocket|xing|mail|link copied|font resizer|aa|add to favorites|gift article|share icon|x|threads|bluesky|mastodon|line
		|поделиться|поделиться ссылкой|поделиться в|подписывайтесь|подписаться|вконтакте|одноклассники|твиттер|фейсбук|телеграм|ватсап|распечатать|печать|версия для печати|скопировать ссылку|сохранить|в закладки|слушать|отправить|поделитесь|мы в соцсетях|следите за нами
		|поділитися|надрукувати|друк|paylaş|paylaşım|takip et|takip edin|yazdır|kaydet|kopyala|bizi takip edin|linki kopyala|dinle|yazı boyutu|abone ol|bəyən|paylaşın|çap et|çap|linki kopyalayın|izləyin|bizi izləyin|dinlə
		|teilen|drucken|merken|artikel teilen|auf facebook teilen|kopieren|link kopieren|folgen|vorlesen|anhören|artikel drucken|per e-mail teilen|versenden
		|partager|partager sur|imprimer|envoyer|copier le lien|suivez-nous|enregistrer|partager l'article|écouter|écouter l'article|offrir|suivre
		|compartir|compartir en|imprimir|guardar|enviar|copiar enlace|síguenos|escuchar|compartilhar|compartilhe|salvar|ouvir|siga-nos|condividi|stampa|salva|invia|copia link|seguici|ascolta|udostępnij|drukuj|zapisz|kopiuj link|obserwuj|posłuchaj|podziel się|delen|deel|printen|bewaren|volg ons|dela|skriv ut|del|sdílet|tisk|分享|打印|微信|微博|收藏|シェア|印刷|保存|공유|인쇄|مشاركة|شارك|طباعة|اشتراک|چاپ`,
	Nav: `home|homepage|menu|main menu|skip to content|skip to main content|skip to navigation|search|search for|sections|all sections|close|open menu|toggle navigation|toggle menu|navigation|back to top|top|go to|site map|sitemap|breadcrumb|breadcrumbs|you are here|back|next|previous|prev|show more|show all|see all|view all|all news|more|jump to|table of contents|contents|on this page|in this article|expand|collapse|edition|language|switch language|select language|weather|video|videos|photos|podcasts|live|newspaper|e-paper|epaper|archive|archives|today's paper|hide|explore|browse|back to|quick links|useful links|skip links|skip ad|skip to footer|go to content|about|jobs|events|forum|shop|games|horoscope|crossword
		|главная|меню|поиск|перейти к содержимому|перейти к содержанию|перейти к основному содержанию|закрыть|все разделы|разделы|наверх|назад|вперед|далее|показать еще|показать ещё|все новости|лента новостей|новости|фото|видео|архив|войти|рубрики|вверх|карта сайта|погода|курс валют|полезные ссылки|еще|ещё|спецпроекты|эксклюзив
		|головна|пошук|ana sayfa|anasayfa|menü|ara|arama|kapat|içeriğe geç|üst menü|tüm haberler|son haberler|yukarı çık|hava durumu|galeri|video galeri|foto galeri|yazarlar|gündem|künye|ana səhifə|axtar|axtarış|bütün xəbərlər|xəbər lenti|bağla|yuxarı|arxiv|hava|valyuta|daha çox|əsas səhifə|menyu|son xəbərlər|xəbərlər
		|startseite|suche|suchen|zum inhalt|zum inhalt springen|zur navigation|zur suche|schließen|menü öffnen|menü schließen|navigation überspringen|alle artikel|mehr anzeigen|mehr|nach oben|zurück|weiter|wetter|navigation öffnen|übersicht|inhalt|inhaltsverzeichnis|schlagzeilen|ressorts|mediathek|sie sind hier|direkt zum inhalt|hauptnavigation
		|accueil|rechercher|recherche|aller au contenu|aller au contenu principal|fermer|rubriques|retour|retour en haut|haut de page|suivant|précédent|voir plus|voir tout|tous les articles|sommaire|météo|plan du site|afficher plus|fil d'actualité|en direct|vous êtes ici|retour à l'accueil
		|inicio|portada|buscar|búsqueda|saltar al contenido|ir al contenido|cerrar|menú|secciones|volver|siguiente|anterior|ver más|ver todo|ver todas|últimas noticias|subir|mapa web|hemeroteca|tiempo|início|página inicial|busca|pesquisar|pular para o conteúdo|fechar|voltar|ver mais|cerca|chiudi|vai al contenuto|indietro|avanti|vedi tutti|meteo|strona główna|szukaj|wyszukaj|zamknij|przejdź do treści|do góry|pokaż więcej|pogoda|wstecz|dalej|zoeken|sluiten|naar inhoud|sök|stäng|hem|hledat|zavřít|domů|menü|keresés|căutare|首页|菜单|搜索|关闭|返回|更多|ホーム|メニュー|検索|閉じる|トップ|홈|메뉴|검색|닫기|الرئيسية|بحث|القائمة|إغلاق|خانه|جستجو|منو|صفحه اصلی`,
	Account: `log in|login|sign in|sign up|register|subscribe|subscribe now|subscription|my account|account|profile|create account|create an account|forgot password|lost your password|forgot your password|remember me|password|username|already a subscriber|become a member|membership|logout|log out|sign out|free trial|start your free trial|welcome back|join|join now|join us|donate|support us|give|subscribers only|premium|become a subscriber|unlock|sign in to your account|manage subscription|for subscribers|get unlimited access|continue reading with a subscription|not a member
		|войти|вход|регистрация|зарегистрироваться|личный кабинет|подписка|оформить подписку|выйти|забыли пароль|пароль|поддержать|поддержите нас|увійти|giriş yap|üye ol|giriş|kayıt ol|şifremi unuttum|abonelik|daxil ol|qeydiyyat|giriş et|abunə ol|abunə olun
		|anmelden|einloggen|registrieren|abo|abonnieren|abonnement|mein konto|passwort vergessen|jetzt abonnieren|abonnent werden|konto|abmelden|mitglied werden|spenden|jetzt testen|abo testen
		|se connecter|connexion|s'abonner|s'inscrire|inscription|mon compte|abonnez-vous|je m'abonne|mot de passe oublié|déconnexion|faire un don|créer un compte|identifiez-vous|réservé aux abonnés|déjà abonné
		|iniciar sesión|suscríbete|suscribirse|regístrate|registrarse|mi cuenta|suscripción|acceder|hazte socio|entrar|cadastre-se|assine|assinar|minha conta|accedi|abbonati|registrati|abbonamento|area riservata|zaloguj|zaloguj się|zarejestruj się|subskrybuj|prenumerata|moje konto|inloggen|abonneren|aanmelden|logga in|přihlásit|registrace|登录|注册|ログイン|会員登録|로그인|회원가입|تسجيل الدخول|اشترك|ورود|ثبت نام`,
	Privacy: `cookie|cookies|cookie policy|cookies policy|privacy|privacy policy|privacy notice|accept|accept all|reject|reject all|decline|consent|manage preferences|cookie settings|privacy settings|we use cookies|this website uses cookies|this site uses cookies|by using this site|by continuing|gdpr|do not sell|do not sell my personal information|your privacy choices|ad choices|adchoices|necessary|preferences|manage cookies|got it|i agree|agree
		|политика конфиденциальности|конфиденциальность|принять|согласен|мы используем|файлы cookie|использует файлы cookie|обработка персональных данных|політика конфіденційності|gizlilik|gizlilik politikası|çerez|çerez politikası|çerezler|kabul et|kvkk|aydınlatma metni|kişisel verilerin korunması|məxfilik siyasəti|qəbul et
		|datenschutz|datenschutzerklärung|akzeptieren|alle akzeptieren|ablehnen|einstellungen|cookie-einstellungen|wir verwenden cookies|zustimmen|privatsphäre|diese website verwendet cookies
		|confidentialité|politique de confidentialité|accepter|tout accepter|refuser|gérer les cookies|politique de cookies|nous utilisons des cookies|données personnelles|paramétrer|continuer sans accepter|protection des données
		|política de privacidad|privacidad|aceptar|aceptar todo|rechazar|política de cookies|utilizamos cookies|usamos cookies|política de privacidade|aceitar|informativa privacy|informativa sulla privacy|accetta|rifiuta|preferenze|polityka prywatności|akceptuję|zgadzam się|pliki cookie|pliki cookies|rodo|privacybeleid|privacyverklaring|accepteren|隐私政策|プライバシーポリシー|개인정보처리방침|سياسة الخصوصية|حریم خصوصی`,
	Legal: `copyright|all rights reserved|©|terms|terms of use|terms of service|terms and conditions|terms & conditions|conditions|contact|contact us|about us|imprint|impressum|advertise|advertise with us|disclaimer|accessibility|careers|help|faq|powered by|who we are|our team|editorial policy|code of ethics|corrections|legal|legal notice|site by|designed by|developed by|press office|feedback|media kit|licensing|reprints|company|partners|rss feeds|work with us|report an error|republish|no part of this|may not be published|may not be reproduced|trademark|trademarks|help center|support|customer service
		|все права защищены|использование материалов|при использовании материалов|при цитировании|перепечатка|гиперссылка обязательна|правообладателей|контакты|о нас|о проекте|о сайте|реклама|реклама на сайте|редакция|пользовательское соглашение|обратная связь|вакансии|свидетельство о регистрации|учредитель|главный редактор|зарегистрировано|роскомнадзор|нашли ошибку|сообщить об ошибке|выделите ее|заметили ошибку|правила использования|адрес редакции|сетевое издание|разработка сайта|всі права захищені
		|tüm hakları saklıdır|her hakkı saklıdır|hakkımızda|iletişim|künye|reklam|kullanım koşulları|kullanım şartları|yasal uyarı|sitene ekle|haber yazılımı|yayın ilkeleri|bütün hüquqlar qorunur|müəllif hüquqları|haqqımızda|əlaqə|bizimlə əlaqə|istifadə şərtləri|saytdakı materialların|istinad|material istifadə|hüquqlar
		|alle rechte vorbehalten|kontakt|über uns|agb|nutzungsbedingungen|mediadaten|werben|werbung schalten|barrierefreiheit|hilfe|karriere|nutzungsrechte|redaktion|allgemeine geschäftsbedingungen
		|tous droits réservés|mentions légales|contactez-nous|qui sommes-nous|à propos|conditions générales|conditions d'utilisation|cgu|cgv|publicité|aide|annonceurs|charte|reproduction interdite|nous contacter|recrutement|droits de reproduction
		|todos los derechos reservados|aviso legal|contacto|contáctanos|quiénes somos|términos y condiciones|condiciones de uso|publicidad|ayuda|anúnciate|trabaja con nosotros|prohibida la reproducción|todos os direitos reservados|termos de uso|quem somos|contato|anuncie|fale conosco|expediente|tutti i diritti riservati|riproduzione riservata|contatti|chi siamo|note legali|pubblicità|redazione|p.iva|wszelkie prawa zastrzeżone|regulamin|o nas|reklama|redakcja|materiał chroniony|prawa autorskie|pomoc|alle rechten voorbehouden|over ons|algemene voorwaarden|adverteren|colofon|om oss|kontakta oss|všechna práva vyhrazena|minden jog fenntartva|toate drepturile rezervate|版权所有|联系我们|关于我们|お問い合わせ|会社概要|利用規約|무단 전재|저작권자|جميع الحقوق محفوظة|اتصل بنا|من نحن|تماس با ما|درباره ما|تمامی حقوق`,
	Related: `related|related articles|related stories|related posts|related news|related topics|related content|related coverage|related links|you might also like|you may also like|you may like|also read|read also|see also|most read|most popular|most viewed|popular|popular posts|popular articles|popular news|trending|trending now|trending news|latest|latest news|latest articles|latest stories|latest posts|recent posts|recent articles|recent news|new articles|recommended|recommended for you|recommended reading|recommended stories|more from|more on|more stories|more news|more in|more articles|more like this|more about|editors' picks|editor's picks|editor's pick|don't miss|top stories|top news|read next|up next|next article|previous article|next post|previous post|other news|news feed|breaking news|featured|must read|in other news|what to read next|from the web|around the web|you may be interested in|similar posts|similar articles|today's headlines|headlines|best of|top posts|our picks|promoted stories|keep reading|further reading|explore more|from our partners|by the same author|hot topics|in case you missed it|more coverage|most shared|most commented|most discussed|don't miss it|stories
		|читайте также|читать также|по теме|материалы по теме|новости по теме|похожие новости|похожие материалы|похожие статьи|самое читаемое|популярное|популярные новости|популярные|последние новости|другие новости|еще по теме|ещё по теме|рекомендуем|главное|главные новости|топ новостей|смотрите также|вам может быть интересно|вам может понравиться|новости партнеров|новости партнёров|лента|лента новостей|свежие новости|сейчас читают|выбор редакции|больше новостей|предыдущая новость|следующая новость|важное|актуально|самое популярное|ранее|в тему|подробнее по теме|эксклюзив|последнее|новое на сайте|самое обсуждаемое|интересное
		|читайте також|схожі новини|останні новини|популярні новини|за темою
		|ilgili haberler|benzer haberler|diğer haberler|çok okunanlar|en çok okunanlar|son dakika|son haberler|önerilen haberler|ilginizi çekebilir|bunlar da ilginizi çekebilir|popüler|popüler haberler|gündemdekiler|sıradaki haber|önceki haber|sonraki haber|manşetler|editörün seçtikleri|öne çıkanlar|günün özeti|trend|bunu da oku|ayrıca oku
		|oxşar xəbərlər|digər xəbərlər|ən çox oxunanlar|çox oxunanlar|son xəbərlər|əlaqəli xəbərlər|bənzər xəbərlər|həmçinin oxuyun|maraqlı|günün xəbərləri|populyar|mövzu ilə bağlı|xəbər lenti|oxucuların seçimi|əvvəlki xəbər|növbəti xəbər|tövsiyə olunan|gündəm|seçilmiş|əlaqəli|ən son|bu kateqoriyadan
		|mehr zum thema|mehr aus|lesen sie auch|auch interessant|das könnte sie auch interessieren|das könnte dich auch interessieren|das könnte ihnen auch gefallen|meistgelesen|meistgelesene artikel|meist gelesen|ähnliche artikel|ähnliche beiträge|weitere artikel|weitere beiträge|weitere meldungen|weitere themen|weitere nachrichten|aktuelle nachrichten|aktuelle meldungen|aktuelles|neueste artikel|neueste beiträge|neueste meldungen|verwandte artikel|verwandte themen|zum thema|nächster artikel|vorheriger artikel|vorheriger beitrag|nächster beitrag|top-themen|empfehlungen|empfehlungen der redaktion|beliebt|beliebteste artikel|siehe auch|passend zum thema|neuste artikel|lesetipps|mehr dazu|mehr von|themen|weiterführende links|artikel zum thema
		|lire aussi|à lire aussi|à lire|voir aussi|sur le même sujet|articles liés|articles similaires|les plus lus|le plus lu|dernières nouvelles|derniers articles|à la une|article suivant|article précédent|plus d'articles|recommandé|nos recommandations|vous aimerez aussi|cela pourrait vous intéresser|dans la même rubrique|à ne pas manquer|populaire|populaires|tendances|dernière minute|dernières actualités|autres articles|pour aller plus loin|à découvrir|l'essentiel|les plus partagés|à voir également|en ce moment
		|te puede interesar|lee también|lea también|leer también|también te puede interesar|noticias relacionadas|artículos relacionados|relacionados|relacionadas|lo más leído|lo más visto|más leídas|las más leídas|más noticias|más sobre|últimas noticias|lo último|artículo anterior|artículo siguiente|noticia anterior|recomendados|recomendado|recomendamos|destacados|ver también|más información|más en|además|te recomendamos|entradas recientes|tendencias|populares|le puede interesar|no te pierdas
		|leia também|veja também|mais lidas|notícias relacionadas|últimas notícias|relacionadas|leia mais sobre|recomendadas|matérias relacionadas|leggi anche|articoli correlati|potrebbe interessarti|ti potrebbe interessare|i più letti|ultime notizie|articolo precedente|articolo successivo|altre notizie|correlati|vedi anche|in evidenza|czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|zobacz również|przeczytaj także|przeczytaj również|polecane|polecamy|najczęściej czytane|najpopularniejsze|podobne artykuły|powiązane artykuły|najnowsze|najnowsze wiadomości|ostatnie wpisy|więcej na ten temat|poprzedni artykuł|następny artykuł|lees ook|lees meer|gerelateerde artikelen|meest gelezen|meer nieuws|laatste nieuws|aanbevolen|bekijk ook|läs också|läs mer|mest lästa|relaterat|les også|læs også|mest lest|související články|čtěte také|nejčtenější|další články|další zprávy|kapcsolódó cikkek|legolvasottabb|citește și|相关新闻|相关阅读|推荐阅读|热门|延伸阅读|最新|関連記事|人気記事|おすすめ|ランキング|最新記事|관련기사|많이 본 뉴스|인기기사|اقرأ أيضا|مواضيع ذات صلة|الأكثر قراءة|أخبار ذات صلة|مطالب مرتبط|پربازدید|اخبار مرتبط|آخرین اخبار|بیشتر بخوانید`,
	Comment: `comment|comments|leave a comment|leave a reply|post a comment|add a comment|add comment|write a comment|join the conversation|join the discussion|view comments|show comments|no comments|no comments yet|be the first to comment|reply|report|report comment|your email address will not be published|required fields are marked|notify me|log in to reply|log in to comment|sign in to comment|comments are closed|comment policy|sort by|best rated|newest|oldest|says|replies|upvote|flag|discussion|conversation|leave your comment|read comments|commented
		|комментарии|комментариев|комментарий|комментировать|оставить комментарий|добавить комментарий|написать комментарий|ответить|ваш комментарий|обсуждение|обсудить|комментарии к статье|нет комментариев|отменить ответ|коментарі|yorum|yorumlar|yorum yap|yorum yaz|yorum gönder|yanıtla|ilk yorumu siz yapın|şərh|şərhlər|şərh yaz|rəy|rəylər|rəy yaz|cavab yaz|cavab
		|kommentar|kommentare|kommentieren|kommentar schreiben|kommentar verfassen|schreiben sie einen kommentar|schreibe einen kommentar|antworten|antwort|diskutieren|diskussion|leserkommentare|kommentare anzeigen|kommentar hinterlassen|commentaire|commentaires|laisser un commentaire|réagir|réagissez|répondre|ajouter un commentaire|poster un commentaire|réactions|commenter|signaler|comentario|comentarios|deja un comentario|deja una respuesta|comentar|responder|escribe un comentario|comentários|deixe um comentário|deixe uma resposta|commenti|commento|lascia un commento|rispondi|commenta|komentarze|komentarz|skomentuj|dodaj komentarz|odpowiedz|zostaw komentarz|reacties|reageer|reageren|plaats een reactie|kommentarer|kommentera|svara|komentáře|komentář|diskuse|odpovědět|hozzászólás|hozzászólások|评论|发表评论|コメント|コメントする|댓글|تعليقات|تعليق|أضف تعليق|نظرات|ارسال نظر|دیدگاه`,
	Advert: `advertisement|advertisements|advertising|sponsored|sponsored content|promoted|ad|ads|advertorial|partner content|paid content|paid post|story continues below advertisement|article continues below|article continues after advertisement|continue reading below|scroll to continue|adblock|ad blocker|affiliate|skip advertisement|remove ads|brand content
		|реклама|на правах рекламы|промо|erid|партнерский материал|reklam|reklam alanı|advertorial|anzeige|anzeigen|werbung|gesponsert|sponsored post|publicité|annonce|contenu sponsorisé|sponsorisé|publicidad|anuncio|patrocinado|contenido patrocinado|publicidade|pubblicità|contenuto sponsorizzato|reklama|artykuł sponsorowany|materiał partnera|advertentie|annons|annonse|inzerce|hirdetés|publicitate|广告|広告|광고|إعلان|اعلان|تبلیغات|dalszy ciąg materiału pod wideo|continua dopo la pubblicità|continua após a publicidade`,
	Letter: `newsletter|newsletters|sign up for our newsletter|sign up to our newsletter|subscribe to our newsletter|subscribe to our|sign up for|get the latest|get our|delivered to your inbox|your inbox|daily newsletter|weekly newsletter|download the app|download our app|get the app|app store|google play|join our|join our telegram|join our whatsapp|stay informed|stay up to date|stay updated|never miss|push notifications|notifications|follow us on|follow us on twitter|follow us on facebook|subscribe to our channel|email alerts|enter your email|email updates|breaking news alerts|daily briefing|free newsletter|morning briefing|stay connected|like us on facebook
		|подпишитесь|подписывайтесь на|подписывайтесь на наш|подписывайтесь на нас|рассылка|подпишитесь на|наш телеграм|наш канал|читайте нас в|читайте нас|мобильное приложение|уведомления|следите за новостями|присоединяйтесь|мы в телеграм|в нашем телеграм-канале|підписуйтесь на|bültenimize|e-bülten|bülten|bültene abone olun|uygulamayı indirin|bildirimleri|whatsapp kanalımıza|telegram kanalımıza|kanalımıza|google news'te|kanalımıza abone olun|telegram kanalı|telegram kanalımızı|xəbər bülleteni|kanala abunə|facebook səhifəmizi
		|newsletter abonnieren|unseren newsletter|jetzt anmelden|kostenlos abonnieren|push-nachrichten|app herunterladen|folgen sie uns|whatsapp-kanal|täglichen newsletter|inscrivez-vous à notre newsletter|notre newsletter|recevez|nos newsletters|recevoir|télécharger l'application|suivez-nous sur|abonnez-vous à notre|abonnez-vous à|suscríbete a|suscríbete a nuestra newsletter|suscríbete a nuestro|boletín|boletines|recibe|síguenos en|descarga la app|canal de whatsapp|únete a|nuestro canal|receba|inscreva-se|boletim|iscriviti alla newsletter|iscriviti|ricevi|seguici su|scarica l'app|zapisz się|zapisz się do newslettera|nieuwsbrief|nyhetsbrev|hírlevél|订阅|ニュースレター|뉴스레터|النشرة الإخبارية|خبرنامه`,
	Tags:    `tags|tag|topics|topic|filed under|categories|category|keywords|posted in|labels|tagged|more about this topic|теги|метки|ключевые слова|рубрика|категория|темы|тема|тэги|теґи|etiketler|etiket|kategori|kategoriler|açar sözlər|teqlər|kateqoriya|schlagwörter|schlagworte|stichwörter|kategorie|kategorien|schlagwort|themen|mots-clés|mots clés|étiquettes|catégorie|catégories|thèmes|thématiques|etiquetas|categorías|temas|categoría|archivado en|categorias|categoria|argomenti|tagi|tematy|słowa kluczowe|kategorie|trefwoorden|onderwerpen|标签|タグ|カテゴリー|태그|وسوم|الكلمات المفتاحية|برچسب ها|کلیدواژه`,
	By:      `by|written by|author|authors|posted by|reported by|story by|words by|reporting by|editing by|staff|staff writer|reporter|correspondent|editor|contributor|автор|авторы|текст|автор статьи|yazar|yazan|haber|muhabir|müəllif|müxbir|von|autor|autorin|autoren|ein artikel von|eine analyse von|par|auteur|auteurs|propos recueillis par|por|texto|redacción|autores|di|a cura di|autore|autorzy|opracował|opracowanie|door|av|skrevet av|作者|记者|编辑|文|著者|기자|بقلم|كتب|نویسنده`,
	Credit:  `photo|photos by|photo by|photo credit|photograph|photography|image|images|image credit|image source|image via|picture|pictured|file photo|file|getty|getty images|afp|reuters|ap photo|ap|epa|shutterstock|istock|unsplash|via getty images|courtesy|illustration|graphic|credit|screenshot|caption|foto|fotos|фото|фотография|иллюстрация|снимок|скриншот|источник фото|фото из|fotoğraf|görsel|kaynak|şəkil|bild|bilder|bildquelle|symbolbild|quelle|archivbild|picture alliance|dpa|imago|crédit photo|crédit|crédits|photo d'illustration|foto de|imagen|crédito|archivo|imagem|divulgação|reprodução|foto di|immagine|ansa|zdjęcie|fot|źródło|pap|anp|图|写真|사진|صورة|عکس`,
	Reading: `min read|minute read|minutes read|mins read|min. read|minutes to read|reading time|read time|estimated reading time|views|reads|times read|view count|hits|мин чтения|минут чтения|минуты чтения|время чтения|на чтение|просмотров|просмотры|просмотра|прочитали|прочтений|min okuma|dk okuma|dakika okuma|okuma süresi|okunma|görüntülenme|okundu|dəqiqə oxu|oxuma müddəti|baxış|baxılıb|oxunub|min lesezeit|minuten lesezeit|lesezeit|lesedauer|min. lesezeit|aufrufe|min de lecture|minutes de lecture|temps de lecture|lecture|vues|lectures|min de lectura|minutos de lectura|tiempo de lectura|vistas|lecturas|visitas|min de leitura|tempo de leitura|visualizações|min di lettura|tempo di lettura|minuti di lettura|min czytania|czas czytania|wyświetleń|min leestijd|leestijd|min läsning|阅读|次阅读|浏览|조회|مشاهدة|بازدید`,
	Dated:   `published|published on|posted|posted on|updated|updated on|last updated|last modified|modified|created|first published|date|issued|опубликовано|обновлено|дата|дата публикации|изменено|добавлено|yayınlanma|yayın tarihi|yayınlanma tarihi|güncelleme|güncelleme tarihi|giriş tarihi|son güncelleme|eklenme tarihi|güncellendi|dərc olunub|tarix|yenilənib|veröffentlicht|veröffentlicht am|aktualisiert|aktualisiert am|zuletzt aktualisiert|stand|erstellt am|erschienen am|publié le|publié|mis à jour|mis à jour le|modifié le|publicado|publicado el|actualizado|actualizado el|actualizado a las|publicado em|atualizado|atualizado em|pubblicato|pubblicato il|aggiornato|aggiornato il|opublikowano|data publikacji|aktualizacja|gepubliceerd|gepubliceerd op|laatst bijgewerkt|publicerad|uppdaterad|publisert|发布时间|发布|更新|公開|更新日|입력|수정|نشر في|آخر تحديث|تاریخ انتشار`,
	About:   `about the author|about author|about the authors|about the writer|author bio|is a reporter|is a writer|is a journalist|is a senior|is the author|is an associate|follow him on|follow her on|follow the author|contact the author|view all posts|view all posts by|all posts by|more posts by|more by|more from this author|articles by|author's other articles|об авторе|все статьи автора|другие материалы автора|все материалы автора|yazarın diğer yazıları|yazarın tüm yazıları|yazar hakkında|müəllifin digər yazıları|müəllif haqqında|über den autor|über die autorin|zur autorenseite|zum autor|zur person|alle beiträge von|alle artikel von|weitere artikel von|à propos de l'auteur|tous les articles de|voir tous ses articles|sobre el autor|acerca del autor|sobre la autora|ver todas las entradas|sobre o autor|l'autore|informazioni sull'autore|o autorze|over de auteur|om författaren|o autorovi|عن الكاتب`,
	More:    `read more|continue reading|load more|show more|view more|more info|learn more|find out more|click here|full story|read full story|read the full story|read the full article|read full article|see more|more details|watch|watch now|watch video|watch live|play|play video|listen now|view gallery|view comments|читать далее|читать дальше|подробнее|далее|читать полностью|показать больше|загрузить еще|загрузить ещё|devamını oku|devamı|daha fazla|detaylar|haberin devamı|daha fazla göster|ətraflı|ətraflı oxu|davamı|davamını oxu|daha çox|weiterlesen|mehr lesen|mehr erfahren|mehr laden|zum artikel|hier klicken|jetzt lesen|video ansehen|lire la suite|en savoir plus|lire plus|lire l'article|charger plus|cliquez ici|voir la vidéo|leer más|seguir leyendo|ver más|saber más|leer noticia|haz clic aquí|cargar más|leia mais|saiba mais|carregar mais|continue lendo|leggi tutto|leggi di più|continua a leggere|scopri di più|carica altro|czytaj więcej|czytaj dalej|więcej|czytaj całość|zobacz więcej|lees verder|meer lezen|lees meer|läs mer|les mer|více|číst více|tovább|阅读更多|查看更多|続きを読む|もっと見る|더보기|المزيد|اقرأ المزيد|ادامه مطلب|بیشتر`,
	Reprint: `source|sources|via|originally published|originally appeared|first published in|first appeared|this article was originally|this article was first|this article was published|this story was originally|this story originally|republished|reprinted|reprinted from|republished from|read the original|translated from|courtesy of|with permission|under a creative commons|источник|источники|перевод|оригинал|впервые опубликовано|статья опубликована|оригинал статьи|kaynak|mənbə|mənbələr|quelle|quellen|zuerst erschienen|source :|sources :|fuente|fuentes|fonte|fonti|źródło|źródła|bron|källa|zdroj|来源|出典|출처|المصدر|منبع`,
	Form:    `email address|your email|your name|first name|last name|submit|send|subscribe|enter your email|enter your email address|email *|name *|website|save my name|required|optional|select|choose|please enter|phone|message|captcha|i am not a robot|reset|cancel|ok|yes|no|upload|ваш e-mail|ваше имя|имя|отправить|введите|e-posta|e-posta adresiniz|adınız|gönder|göndər|adınız və soyadınız|ihre e-mail|ihre e-mail-adresse|absenden|senden|pflichtfeld|name|votre email|votre e-mail|adresse e-mail|envoyer|valider|nom|prénom|tu email|correo electrónico|nombre|seu e-mail|seu nome|indirizzo email|wyślij|twój e-mail|imię|uw e-mail|versturen|alert|error|success|loading|loading...|please wait`,
	Shop:    `add to cart|add to basket|buy now|buy|price|sale|checkout|cart|basket|wishlist|add to wishlist|out of stock|in stock|quantity|free shipping|sku|reviews|rating|ratings|customer reviews|write a review|size guide|delivery|returns|sold out|regular price|shop now|order now|в корзину|купить|цена|корзина|sepete ekle|satın al|fiyat|səbətə at|qiymət|in den warenkorb|warenkorb|kaufen|preis|ajouter au panier|panier|prix|acheter|añadir al carrito|carrito|comprar|precio|carrinho|preço|aggiungi al carrello|carrello|prezzo|do koszyka|koszyk|cena|winkelwagen`,
	Count:   `comments|comment|shares|share|likes|like|views|view|followers|following|posts|votes|points|reactions|replies|downloads|комментариев|комментария|комментарий|просмотров|лайков|отзывов|yorum|beğeni|paylaşım|görüntüleme|şərh|baxış|kommentare|kommentar|aufrufe|teilungen|commentaires|commentaire|partages|vues|comentarios|comentario|compartidos|comentários|curtidas|commenti|condivisioni|komentarzy|komentarze|reacties|kommentarer|komentářů`,
}

// phrase is a phrase of a cue, as the words after its first one.
type phrase struct {
	rest []string
	cue  Cues
}

// phrases finds the phrases of cuePhrases by their first word.
var phrases = func() map[string][]phrase {
	m := map[string][]phrase{}
	for cue := Cues(1); cue <= allCues; cue <<= 1 {
		for _, p := range strings.Split(cuePhrases[cue], "|") {
			words := wordsOf(p, nil)
			if len(words) == 0 {
				continue
			}
			same := false
			for i, o := range m[words[0]] {
				if strings.Join(o.rest, " ") == strings.Join(words[1:], " ") {
					m[words[0]][i].cue |= cue
					same = true
				}
			}
			if !same {
				m[words[0]] = append(m[words[0]], phrase{words[1:], cue})
			}
		}
	}
	return m
}()

// cueBytes bounds the part of a line that is looked at for cues.
const cueBytes = 600

// Words gives the words of s in small letters, with the dots of Turkish letters
// made one, as cues are compared.
func Words(s string) []string { return wordsOf(s, nil) }

// CuesOf gives the cues that text consists of.
func CuesOf(text string) Cues {
	_, _, whole := cuesOf(text)
	return whole
}

// cuesOf gives the cues anywhere in a line, those that it begins with, and those
// that it consists of but for numbers and marks.
func cuesOf(text string) (anywhere, start, whole Cues) {
	if len(text) > cueBytes {
		end := cueBytes
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	var space [40]string
	words := wordsOf(text, space[:0])
	covered := 0
	content := 0
	for _, w := range words {
		if !number(w) {
			content++
		}
	}
	seen := 0
	var inWhole Cues
	for i := 0; i < len(words); i++ {
		longest := 0
		var found Cues
		for _, p := range phrases[words[i]] {
			if len(p.rest) >= longest && match(words[i+1:], p.rest) {
				if len(p.rest) > longest {
					found = 0
				}
				longest = len(p.rest)
				found |= p.cue
			}
		}
		if found != 0 {
			// A single common word within a long line says nothing.
			if longest > 0 || len(words) <= 6 || seen == 0 {
				anywhere |= found
			}
			if seen == 0 {
				start |= found
			}
			inWhole |= found
			covered += longest + 1
			i += longest
			seen++
			continue
		}
		if !number(words[i]) {
			seen++
		}
	}
	if content > 0 && covered >= content {
		whole = inWhole
	}
	return anywhere, start, whole
}

func match(words, rest []string) bool {
	if len(words) < len(rest) {
		return false
	}
	for i, w := range rest {
		if words[i] != w {
			return false
		}
	}
	return true
}

func number(w string) bool {
	for _, r := range w {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// wordsOf appends the words of s in small letters to words. An ideograph run is
// one word; "©" and "*" count as words, for they say much.
func wordsOf(s string, words []string) []string {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			words = append(words, small(s[start:end]))
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if start < 0 {
				start = i
			}
		case r == '©':
			flush(i)
			words = append(words, "©")
		case start >= 0 && (r == '\'' || r == '’'):
			// "editor's" is one word
		default:
			flush(i)
		}
	}
	flush(len(s))
	return words
}

// small brings a word to small letters, İ and ı to i, and ’ to '.
func small(w string) string {
	plain := true
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return w
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'İ', 'ı', 'I':
			return 'i'
		case '’':
			return '\''
		case 0x307:
			return -1
		}
		return unicode.ToLower(r)
	}, w)
}
