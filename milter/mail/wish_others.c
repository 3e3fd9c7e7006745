/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * wish_others.c - the plainest opt-outs of other languages.
 *
 * Decides: nothing; it is the table. The law knows no language, but what stands around a row
 * is weighed in German and English only: so a row here takes several words that only a
 * request has. Folded, see mail_wish_rows.h.
 */
#include "mail_wish_rows.h"

const struct wish_row wish_rows_others[] = {
    /* French */
    {"ne plus m'envoyer|nous|recevoir|m'ecrire|me|m'adresser", WISH_OUT, 0},
    {"ne m'envoyez|m'ecrivez|m'adressez|nous|me ... plus", WISH_OUT, 0},
    {"ne veux|souhaite|souhaitons|voulons|desire|desirons plus|pas ... "
     "recevoir|contacte|contactes|demarche|entendre",
     WISH_OUT, 0},
    {"supprimer|supprimez|retirer|retirez|enlever|enlevez|radier|effacer|effacez ... "
     "mon|mes|notre|nos|moi|me|nous ... adresse|mail|liste|listes|coordonnees|donnees|base|contact",
     WISH_OUT, 0},
    {"retirez|supprimez|desinscrivez|desabonnez|enlevez|rayez moi|nous", WISH_OUT, 0},
    {"me|nous desinscrire|desabonner", WISH_OUT, 0},
    {"m'oppose|opposons ... utilisation|traitement|prospection", WISH_OUT, 0},
    {"arretez|cessez de|d'envoyer ... m'envoyer|m'ecrire|contacter|ecrire|envoyer|mails", WISH_OUT,
     0},
    {"pas interesse|interesses|interessee", WISH_DECLINE, 0},
    /* Dutch */
    {"geen e? mails|mail|emails|email|berichten|nieuwsbrieven|nieuwsbrief|reclame ... meer",
     WISH_OUT, WISH_FACT},
    {"stuur|mail|schrijf|benader|contacteer mij|me|ons ... niet|niets|nooit meer", WISH_OUT, 0},
    {"verwijder|haal|schrap|schrijf mij|me|ons|mijn|onze ... "
     "lijst|verzendlijst|mailinglijst|bestand|uit|adres|gegevens|database",
     WISH_OUT, 0},
    {"wil|willen|wens|wensen ... niet|geen|niets meer ... ontvangen|horen|benaderd", WISH_OUT, 0},
    {"graag|gelieve unsubscribe|uitschrijven|afmelden", WISH_OUT, WISH_END},
    {"geen interesse|belangstelling|behoefte", WISH_DECLINE, 0},
    /* Spanish */
    {"no quiero|queremos|deseo|deseamos recibir ... mas|correos|mensajes|publicidad", WISH_OUT, 0},
    {"no me|nos envien|envie|escriban|escriba|contacten|contacte|manden ... mas", WISH_OUT, 0},
    {"dejen|deje|dejad de enviarme|escribirme|enviarnos|contactarme|molestar|mandarme", WISH_OUT,
     0},
    {"denme|deme|darme|dadme|darnos|dennos de baja", WISH_OUT, 0},
    {"eliminen|elimine|borren|borre|quiten|quite|retiren ... mi|mis|nuestro|nuestra ... "
     "lista|correo|datos|direccion|base|email",
     WISH_OUT, 0},
    {"no me|nos|estoy|estamos interesa|interesado|interesada|interesados", WISH_DECLINE, 0},
    /* Italian */
    {"non voglio|vogliamo|desidero|desideriamo|intendo piu? ricevere ... "
     "piu|mail|email|comunicazioni|pubblicita|messaggi",
     WISH_OUT, 0},
    {"non mi|ci scrivete|scriva|inviate|mandate|contattate|contatti ... piu", WISH_OUT, 0},
    {"cancellatemi|cancellami|rimuovetemi|toglietemi|disiscrivetemi|cancellateci", WISH_OUT, 0},
    {"cancellate|cancellare|rimuovere|rimuovete|eliminare ... mio|miei|mia|nostro ... "
     "indirizzo|dati|lista|email|nominativo",
     WISH_OUT, 0},
    {"smettete|smetta di ... scrivermi|inviarmi|contattarmi|mandarmi|scriverci", WISH_OUT, 0},
    {"non mi|siamo|sono interessa|interessati|interessato|interessata", WISH_DECLINE, 0},
    /* Portuguese */
    {"nao quero|queremos|desejo|desejamos ... receber ... mais|emails|mensagens|publicidade",
     WISH_OUT, 0},
    {"nao me|nos enviem|envie|escrevam|contactem|contatem|mandem ... mais", WISH_OUT, 0},
    {"removam|remova|retirem|apaguem|eliminem|retire ... meu|nosso|meus ... "
     "lista|email|endereco|dados|contacto",
     WISH_OUT, 0},
    {"parem|pare de ... enviar|escrever|mandar|contactar", WISH_OUT, 0},
    /* Polish, Czech, Swedish, Danish, Norwegian */
    {"prosze ... nie wysylac|kontaktowac|pisac ... wiecej|mnie", WISH_OUT, 0},
    {"prosze ... usunac|usuniecie|wypisac|wykreslic ... moj*|nas|mnie|adres*|bazy|listy", WISH_OUT,
     0},
    {"prosim ... neposilejte|neposilat|odhlasit|vymazat|vyradte|odstrante", WISH_OUT, 0},
    {"skicka|skriv inte|inga ... fler|mehr", WISH_OUT, 0},
    {"ta|tag|stryk bort? mig|oss ... fran|av ... lista|listan|liste|listen|utskick", WISH_OUT, 0},
    {"vil|vill|onsker|onskar ... ikke|inte|ikkje ... ha|have|modtage|motta|fa ... "
     "flere|mere|mails|mail|mejl|eposter|mehr",
     WISH_OUT, 0},
    {NULL, WISH_OUT, 0},
};
