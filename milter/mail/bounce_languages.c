/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * bounce_languages.c - how they say it in other languages.
 *
 * Decides: nothing; it is a table. Phrases are folded as mail_bounce_fold does it (a test
 * checks it); "*" is up to three words, "~" lets the last word go on. A hint counts where
 * nothing clearer is said. Must not hold what a notice says without meaning it, such as
 * "may be full or may not exist".
 */
#include "mail_bounce.h"

/* clang-format off */
#define NOBODY(text) {text, SIGN_CLEAR, "5.1.1"}
#define NO_DOMAIN(text) {text, SIGN_CLEAR, "5.1.2"}
#define MALFORMED(text) {text, SIGN_CLEAR, "5.1.3"}
#define MOVED(text) {text, SIGN_CLEAR, "5.1.6"}
#define DISABLED(text) {text, SIGN_CLEAR, "5.2.1"}
#define FULL(text) {text, SIGN_CLEAR, "5.2.2"}
#define TOO_BIG(text) {text, SIGN_CLEAR, "5.3.4"}
#define LOOP(text) {text, SIGN_CLEAR, "5.4.6"}
#define EXPIRED(text) {text, SIGN_CLEAR, "4.4.7"}
#define UNREACHED(text) {text, SIGN_HINT, "4.4.1"}
#define TOO_MUCH(text) {text, SIGN_CLEAR, "4.7.1"}
#define PTR(text) {text, SIGN_CLEAR, "5.7.25"}
#define POLICY(text) {text, SIGN_CLEAR, "5.7.1"}
#define POLICY_HINT(text) {text, SIGN_HINT, "5.7.1"}
#define CONTENT(text) {text, SIGN_CLEAR, "5.6.0"}
#define SYSTEM(text) {text, SIGN_HINT, "5.3.0"}
#define NOBODY_HINT(text) {text, SIGN_HINT, "5.1.1"}

const struct mail_bounce_phrase mail_bounce_phrases_other[] = {
    /* no such mailbox */
    NOBODY("adresse inconnue"), NOBODY("utilisateur inconnu"), NOBODY("destinataire inconnu"),
    NOBODY("adresse * nexiste pas"), NOBODY("adresse * nexiste plus"),
    NOBODY("adresse * est introuvable"), NOBODY("boite * nexiste pas"),
    NOBODY("compte * nexiste pas"), NOBODY("destinataire * nexiste pas"),
    NOBODY("empfanger unbekannt"), NOBODY("unbekannter empfanger"), NOBODY("unbekannter benutzer"),
    NOBODY("benutzer unbekannt"), NOBODY("empfanger nicht gefunden"),
    NOBODY("empfanger * nicht gefunden"), NOBODY("empfanger existiert nicht"),
    NOBODY("empfanger ist unbekannt"), NOBODY("empfangeradresse ist unbekannt"),
    NOBODY("empfangeradresse * existiert nicht"), NOBODY("empfangeradresse * nicht gefunden"),
    NOBODY("ungultiger empfanger"), NOBODY("adresse existiert nicht"),
    NOBODY("adresse * existiert nicht"), NOBODY("adresse nicht gefunden"),
    NOBODY("adresse wurde nicht gefunden"), NOBODY("adresse konnte nicht gefunden"),
    NOBODY("adresse * nicht gefunden"), NOBODY("adresse ist unbekannt"),
    NOBODY("adresse * unbekannt"), NOBODY("adresse ist nicht vorhanden"),
    NOBODY("adresse ist nicht mehr gultig"), NOBODY("postfach existiert nicht"),
    NOBODY("postfach * existiert nicht"), NOBODY("postfach nicht gefunden"),
    NOBODY("postfach wurde nicht gefunden"), NOBODY("postfach ist nicht vorhanden"),
    NOBODY("konto gibt es nicht"), NOBODY("postfach gibt es nicht"),
    NOBODY("adresse gibt es nicht"), NOBODY("empfanger gibt es nicht"),
    NOBODY("gibt es hier nicht"), NOBODY("konto existiert nicht"), NOBODY("mailkonto existiert nicht"),
    NOBODY("usuario desconocido"), NOBODY("usuario no existe"), NOBODY("usuario inexistente"),
    NOBODY("destinatario desconocido"), NOBODY("destinatario inexistente"),
    NOBODY("destinatario no existe"), NOBODY("no existe el usuario"), NOBODY("no existe la cuenta"),
    NOBODY("cuenta no existe"), NOBODY("cuenta * no existe"), NOBODY("buzon no existe"),
    NOBODY("buzon * no existe"), NOBODY("direccion no existe"), NOBODY("direccion * no existe"),
    NOBODY("direccion * no se encontro"), NOBODY("no se ha encontrado la direccion"),
    NOBODY("utente sconosciuto"), NOBODY("utente inesistente"), NOBODY("utente non trovato"),
    NOBODY("destinatario sconosciuto"), NOBODY("indirizzo inesistente"),
    NOBODY("indirizzo non trovato"), NOBODY("posta elettronica * non e stato trovato"), NOBODY("indirizzo * non esiste"),
    NOBODY("casella inesistente"), NOBODY("casella non esiste"), NOBODY("casella * non esiste"),
    NOBODY("usuario nao existe"), NOBODY("usuario desconhecido"),
    NOBODY("destinatario desconhecido"), NOBODY("destinatario nao existe"),
    NOBODY("utilizador desconhecido"), NOBODY("conta nao existe"), NOBODY("endereco nao existe"),
    NOBODY("endereco * nao existe"), NOBODY("endereco nao encontrado"),
    NOBODY("endereco * nao foi encontrado"), NOBODY("endereco * nao pode ser encontrado"), NOBODY("que inseriu nao pode ser encontrado"),
    NOBODY("voce inseriu nao pode ser encontrado"), NOBODY("caixa postal inexistente"),
    NOBODY("onbekende gebruiker"), NOBODY("gebruiker onbekend"), NOBODY("gebruiker bestaat niet"),
    NOBODY("ontvanger onbekend"), NOBODY("onbekende ontvanger"), NOBODY("adres bestaat niet"),
    NOBODY("adres * bestaat niet"), NOBODY("adres * niet gevonden"), NOBODY("mailadres * ingevoerd is niet gevonden"), NOBODY("postvak bestaat niet"),
    NOBODY("postbus bestaat niet"), NOBODY("nieznany odbiorca"), NOBODY("nieznany uzytkownik"),
    NOBODY("uzytkownik nie istnieje"), NOBODY("adres nie istnieje"), NOBODY("nie znaleziono podanego adresu"), NOBODY("konto nie istnieje"),
    NOBODY("neznamy uzivatel"), NOBODY("uzivatel neexistuje"), NOBODY("adresa * nebyla nalezena"), NOBODY("adresu * se nepodarilo najit"), NOBODY("adresa neexistuje"),
    NOBODY("schranka neexistuje"), NOBODY("okand mottagare"), NOBODY("okand anvandare"),
    NOBODY("adressen finns inte"), NOBODY("postadressen * hittades inte"), NOBODY("postadressen * blev ikke fundet"),
    NOBODY("postadressen * ble ikke funnet"), NOBODY("anvandaren finns inte"), NOBODY("ukendt bruger"),
    NOBODY("ukendt modtager"), NOBODY("adressen findes ikke"), NOBODY("ukjent mottaker"),
    NOBODY("ukjent bruker"), NOBODY("adressen finnes ikke"), NOBODY("kullanici bulunamadi"),
    NOBODY("alici bulunamadi"), NOBODY("bilinmeyen kullanici"), NOBODY("пользователь не наиден"),
    NOBODY("пользователь не существует"), NOBODY("пользователя не существует"),
    NOBODY("неизвестныи пользователь"), NOBODY("нет такого пользователя"),
    NOBODY("адресат не наиден"), NOBODY("получатель не наиден"),
    NOBODY("почтовыи ящик не существует"), NOBODY("ящик не существует"), NOBODY("такого ящика нет"),
    NOBODY("несуществующии адрес"), NOBODY("адрес не существует"), NOBODY("адрес не наиден"),
    NOBODY("宛先が見つかりません"), NOBODY("宛先不明"),
    NOBODY("宛先のメールアドレスが存在しません"), NOBODY("宛先のアドレスが存在しません"),
    NOBODY("メールアドレスが見つかりません"), NOBODY("メールアドレスが存在しません"),
    NOBODY("アドレスが見つかりません"), NOBODY("アドレスは存在しません"),
    NOBODY("アドレスが存在しません"), NOBODY("アドレスが間違っている"),
    NOBODY("メールボックスが見つかりません"), NOBODY("メールボックスが存在しません"),
    NOBODY("ユーザーが存在しません"), NOBODY("ユーザが存在しません"),
    NOBODY("ユーザーが見つかりません"), NOBODY("該当するユーザ"), NOBODY("受信者が存在しません"),
    NOBODY("受信者が見つかりません"), NOBODY("受信者の電子メールアドレスが見つかりません"),
    NOBODY("ディレクトリのリストにありません"), NOBODY("用户不存在"), NOBODY("收件人不存在"),
    NOBODY("收件人地址不存在"), NOBODY("收件人邮箱不存在"), NOBODY("邮箱不存在"),
    NOBODY("帐号不存在"), NOBODY("账号不存在"), NOBODY("邮件地址不存在"), NOBODY("地址不存在"),
    NOBODY("找不到收件人"), NOBODY("找不到用户"), NOBODY("使用者不存在"), NOBODY("信箱不存在"),
    NOBODY("받는 사람을 찾을 수 없"), NOBODY("존재하지 않는 사용자"), NOBODY("존재하지 않는 메일"),
    NOBODY_HINT("unzustellbare adresse"),
    /* no such domain */
    NO_DOMAIN("domane existiert nicht"), NO_DOMAIN("domain existiert nicht"),
    NO_DOMAIN("domain nicht gefunden"), NO_DOMAIN("domain wurde nicht gefunden"),
    NO_DOMAIN("domain unbekannt"), NO_DOMAIN("unbekannte domain"), NO_DOMAIN("unbekannte domane"),
    NO_DOMAIN("rechner unbekannt"), NO_DOMAIN("domaine inconnu"), NO_DOMAIN("domaine nexiste pas"),
    NO_DOMAIN("domaine * nexiste pas"), NO_DOMAIN("domaine introuvable"),
    NO_DOMAIN("dominio no existe"), NO_DOMAIN("dominio * no existe"),
    NO_DOMAIN("dominio desconocido"), NO_DOMAIN("dominio inexistente"),
    NO_DOMAIN("dominio non esiste"), NO_DOMAIN("dominio sconosciuto"),
    NO_DOMAIN("dominio nao existe"), NO_DOMAIN("dominio * nao existe"),
    NO_DOMAIN("dominio nao encontrado"), NO_DOMAIN("domein bestaat niet"),
    NO_DOMAIN("onbekend domein"), NO_DOMAIN("домен не наиден"), NO_DOMAIN("домен не существует"),
    NO_DOMAIN("ドメインが見つかりません"), NO_DOMAIN("ドメインが存在しません"),
    NO_DOMAIN("ドメイン名が見つかりません"), NO_DOMAIN("ホストが見つかりません"),
    NO_DOMAIN("域名不存在"), NO_DOMAIN("找不到域名"),
    /* the address is written wrongly */
    MALFORMED("ungultige adresse"), MALFORMED("ungultige empfangeradresse"),
    MALFORMED("adresse ist ungultig"), MALFORMED("adresse ungultig"), MALFORMED("adresse invalide"),
    MALFORMED("adresse non valide"), MALFORMED("direccion no valida"),
    MALFORMED("direccion invalida"), MALFORMED("indirizzo non valido"),
    MALFORMED("endereco invalido"), MALFORMED("ongeldig adres"), MALFORMED("ongeldig mailadres"),
    MALFORMED("неверныи адрес"), MALFORMED("некорректныи адрес"), MALFORMED("アドレスの形式"),
    MALFORMED("地址格式"),
    /* moved away */
    MOVED("adresse hat sich geandert"), MOVED("adresse * hat sich geandert"),
    /* switched off */
    DISABLED("postfach deaktiviert"), DISABLED("postfach ist deaktiviert"),
    DISABLED("postfach * deaktiviert"), DISABLED("postfach gesperrt"),
    DISABLED("postfach ist gesperrt"), DISABLED("postfach * gesperrt"),
    DISABLED("konto deaktiviert"), DISABLED("konto ist deaktiviert"), DISABLED("konto gesperrt"),
    DISABLED("konto ist gesperrt"), DISABLED("konto * gesperrt"), DISABLED("konto * deaktiviert"),
    DISABLED("adresse * deaktiviert"), DISABLED("compte desactive"),
    DISABLED("compte est desactive"), DISABLED("compte * desactive"), DISABLED("compte suspendu"),
    DISABLED("compte inactif"), DISABLED("boite * desactivee"), DISABLED("cuenta deshabilitada"),
    DISABLED("cuenta * deshabilitada"), DISABLED("cuenta inactiva"), DISABLED("cuenta suspendida"),
    DISABLED("buzon deshabilitado"), DISABLED("casella disabilitata"),
    DISABLED("casella * disabilitata"), DISABLED("casella non attiva"), DISABLED("account sospeso"),
    DISABLED("account disattivato"), DISABLED("conta desativada"), DISABLED("conta desactivada"),
    DISABLED("conta suspensa"), DISABLED("account is uitgeschakeld"),
    DISABLED("postvak is uitgeschakeld"), DISABLED("konto wylaczone"),
    DISABLED("konto zablokowane"), DISABLED("konto je zablokovano"),
    DISABLED("учетная запись отключена"), DISABLED("учетная запись заблокирована"),
    DISABLED("почтовыи ящик заблокирован"), DISABLED("почтовыи ящик отключен"),
    DISABLED("ящик заблокирован"), DISABLED("ящик отключен"), DISABLED("аккаунт заблокирован"),
    DISABLED("アカウントは無効"), DISABLED("アカウントが無効"), DISABLED("メールボックスが無効"),
    DISABLED("メールボックスは無効"), DISABLED("帐号被禁用"), DISABLED("帐号已停用"),
    DISABLED("邮箱被禁用"), DISABLED("邮箱已停用"), DISABLED("用户被锁定"), DISABLED("휴면 계정"),
    /* mailbox full */
    FULL("postfach voll"), FULL("postfach ist voll"), FULL("postfach * voll"),
    FULL("postfach * ist voll"), FULL("postfach * uberfullt"), FULL("mailbox voll"),
    FULL("mailbox ist voll"), FULL("mailbox * voll"), FULL("volles postfach"),
    FULL("speicherplatz * erschopft"), FULL("speicherplatz * uberschritten"),
    FULL("kontingent uberschritten"), FULL("hat ihre grossenbeschrankung uberschritten"), FULL("speicherlimit * uberschritten"), FULL("kontingent * uberschritten"),
    FULL("quota uberschritten"), FULL("boite pleine"), FULL("boite * pleine"),
    FULL("boite aux lettres pleine"), FULL("boite * est pleine"), FULL("quota depasse"),
    FULL("quota * depasse"), FULL("espace * depasse"), FULL("buzon lleno"),
    FULL("buzon esta lleno"), FULL("buzon * lleno"), FULL("cuota excedida"),
    FULL("cuota * excedida"), FULL("excedido * cuota"), FULL("casella piena"),
    FULL("casella * piena"), FULL("quota superata"), FULL("spazio * esaurito"),
    FULL("caixa * cheia"), FULL("caixa de correio cheia"), FULL("caixa postal cheia"),
    FULL("cota excedida"), FULL("quota excedida"), FULL("postvak vol"), FULL("postvak is vol"),
    FULL("postvak * vol"), FULL("postbus vol"), FULL("mailbox is vol"), FULL("mailbox vol"),
    FULL("quotum overschreden"), FULL("skrzynka pelna"), FULL("skrzynka * pelna"),
    FULL("skrzynka * przepelniona"), FULL("schranka plna"), FULL("schranka * plna"),
    FULL("schranka je plna"), FULL("brevladan ar full"), FULL("inkorgen ar full"),
    FULL("postkassen er full"), FULL("postkassen er fuld"), FULL("posta kutusu dolu"),
    FULL("kotasi dolu"), FULL("ящик переполнен"), FULL("ящик * переполнен"),
    FULL("почтовыи ящик переполнен"), FULL("ящик получателя переполнен"), FULL("превышена квота"),
    FULL("превышен лимит ящика"), FULL("メールボックスが一杯"), FULL("メールボックスがいっぱい"),
    FULL("メールボックスが満杯"), FULL("メールボックスの容量"), FULL("メールボックスは容量"),
    FULL("受信ボックスがいっぱい"), FULL("容量オーバー"), FULL("容量を超え"), FULL("容量超過"),
    FULL("邮箱已满"), FULL("邮箱空间不足"), FULL("邮箱容量"), FULL("收件箱已满"), FULL("信箱已满"),
    FULL("信箱已滿"), FULL("超过邮箱"), FULL("사서함이 가득"), FULL("메일함이 가득"),
    FULL("용량 초과"),
    /* too big */
    TOO_BIG("nachricht zu gross"), TOO_BIG("nachricht ist zu gross"),
    TOO_BIG("nachricht * zu gross"), TOO_BIG("mail zu gross"), TOO_BIG("mail ist zu gross"),
    TOO_BIG("mail * zu gross"), TOO_BIG("e mail ist zu gross"), TOO_BIG("maximale grosse"),
    TOO_BIG("maximal zulassige grosse"), TOO_BIG("grossenbeschrankung"), TOO_BIG("zu gross fur"),
    TOO_BIG("message trop volumineux"), TOO_BIG("message trop gros"), TOO_BIG("message est trop"),
    TOO_BIG("taille maximale"), TOO_BIG("mensaje demasiado grande"),
    TOO_BIG("mensaje es demasiado"), TOO_BIG("tamano maximo"), TOO_BIG("messaggio troppo grande"),
    TOO_BIG("dimensione massima"), TOO_BIG("mensagem muito grande"), TOO_BIG("tamanho maximo"),
    TOO_BIG("bericht te groot"), TOO_BIG("bericht is te groot"), TOO_BIG("maximale grootte"),
    TOO_BIG("слишком большои размер"), TOO_BIG("размер письма превышает"),
    TOO_BIG("сообщение слишком"), TOO_BIG("サイズが大きすぎ"), TOO_BIG("サイズが大きい"),
    TOO_BIG("サイズの上限"), TOO_BIG("サイズ制限"), TOO_BIG("邮件大小超过"), TOO_BIG("邮件过大"),
    TOO_BIG("邮件太大"), TOO_BIG("超过了大小"),
    /* a loop */
    LOOP("mail fur * in einer schleife"), LOOP("mailschleife"), LOOP("schleife erkannt"),
    LOOP("boucle de messagerie"), LOOP("bucle de correo"), LOOP("превышено число пересылок"),
    LOOP("ループが検出"), LOOP("ループを検出"), LOOP("邮件循环"),
    /* given up after many tries */
    EXPIRED("zustellzeit abgelaufen"), EXPIRED("zeitlimit"),
    EXPIRED("zeituberschreitung bei der zustellung"), EXPIRED("mehrfachen versuchen"),
    EXPIRED("delai * depasse"), EXPIRED("delai dexpiration"), EXPIRED("tiempo de entrega agotado"),
    EXPIRED("tempo di consegna scaduto"), EXPIRED("bezorgtijd verstreken"),
    EXPIRED("истекло время доставки"), EXPIRED("истек срок доставки"),
    EXPIRED("再送信を試みましたが"), EXPIRED("配信期限"), EXPIRED("投递超时"),
    /* not reached */
    UNREACHED("verbindung abgelehnt"), UNREACHED("verbindung fehlgeschlagen"),
    UNREACHED("verbindung konnte nicht"), UNREACHED("zeituberschreitung"),
    UNREACHED("server nicht erreichbar"), UNREACHED("server * nicht erreichbar"),
    UNREACHED("host nicht erreichbar"), UNREACHED("antwortet nicht"),
    UNREACHED("connexion refusee"), UNREACHED("delai dattente"), UNREACHED("serveur injoignable"),
    UNREACHED("conexion rechazada"), UNREACHED("tiempo de espera"),
    UNREACHED("connessione rifiutata"), UNREACHED("tempo scaduto"), UNREACHED("conexao recusada"),
    UNREACHED("verbinding geweigerd"), UNREACHED("соединение прервано"),
    UNREACHED("не удалось соединиться"), UNREACHED("не отвечает"), UNREACHED("接続できません"),
    UNREACHED("応答がありません"), UNREACHED("接続がタイムアウト"), UNREACHED("连接超时"),
    UNREACHED("无法连接"), UNREACHED("连接被拒绝"),
    /* greylisted, or too much at once */
    TOO_MUCH("zu viele verbindungen"), TOO_MUCH("zu viele nachrichten"),
    TOO_MUCH("trop de connexions"), TOO_MUCH("trop de messages"), TOO_MUCH("demasiadas conexiones"),
    TOO_MUCH("demasiados mensajes"), TOO_MUCH("troppe connessioni"),
    TOO_MUCH("te veel verbindingen"),
    /* no name for the client */
    PTR("fehlender ptr"),
    /* spam, blocklists, policy */
    POLICY("als spam"), POLICY("spamverdacht"), POLICY("spam verdacht"),
    POLICY("annahme verweigert"), POLICY("absender abgelehnt"), POLICY("absender * abgelehnt"), POLICY("ihre domain"), POLICY("blockiert"), POLICY("sperrliste"),
    POLICY("nicht berechtigt"), POLICY("keine berechtigung"), POLICY("zugriff verweigert"),
    POLICY("unerwunschte"), POLICY("message rejete"), POLICY("mail rejete"), POLICY("liste noire"),
    POLICY("acces refuse"), POLICY("acces interdit"), POLICY("politique de securite"),
    POLICY("correo no deseado"), POLICY("lista negra"), POLICY("acceso denegado"),
    POLICY("posta indesiderata"), POLICY("accesso negato"), POLICY("acesso negado"),
    POLICY("toegang geweigerd"), POLICY("zwarte lijst"), POLICY("спам"), POLICY("заблокировано"),
    POLICY("черныи список"), POLICY("в черном списке"), POLICY("доступ запрещен"),
    POLICY("迷惑メール"), POLICY("スパム"), POLICY("ブラックリスト"), POLICY("受信拒否"),
    POLICY("垃圾邮件"), POLICY("黑名单"), POLICY("被拒收"), POLICY("拒收"), POLICY("스팸"),
    POLICY_HINT("abgelehnt"), POLICY_HINT("abgewiesen"), POLICY_HINT("zuruckgewiesen"),
    POLICY_HINT("verweigert"), POLICY_HINT("richtlinie"), POLICY_HINT("richtlinien"),
    POLICY_HINT("rejete"), POLICY_HINT("refuse par"), POLICY_HINT("indesirable"),
    POLICY_HINT("rechazado"), POLICY_HINT("rechazada"), POLICY_HINT("politica"),
    POLICY_HINT("rifiutato"), POLICY_HINT("rifiutata"), POLICY_HINT("rejeitada"),
    POLICY_HINT("rejeitado"), POLICY_HINT("geweigerd"), POLICY_HINT("odrzucona"),
    POLICY_HINT("odrzucono"), POLICY_HINT("odmitnuta"), POLICY_HINT("avvisades"),
    POLICY_HINT("отклонено"), POLICY_HINT("отклонена"), POLICY_HINT("拒否"), POLICY_HINT("規制"),
    POLICY_HINT("拒绝"), POLICY_HINT("차단"), POLICY_HINT("거부"),
    /* the content is not taken */
    CONTENT("anhang nicht erlaubt"), CONTENT("unzulassiger anhang"),
    /* troubles of their own */
    SYSTEM("interner fehler"), SYSTEM("systemfehler"), SYSTEM("erreur interne"),
    SYSTEM("error interno"), SYSTEM("errore interno"), SYSTEM("erro interno"),
    SYSTEM("システムエラー"), SYSTEM("系统错误"),
    {NULL, SIGN_CLEAR, NULL},
};
/* clang-format on */
