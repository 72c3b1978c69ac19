/**
 * Words, names of months and seasons, and rows of keyboards that guessers try first, written without digits. A password that is
 * nothing but such words and digits is no password, however long. Our own choice; all in lower case.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `pass password passwort passwd passphrase kennwort geheim secret secure security login logon signin welcome willkommen hello hallo
  hi servus admin administrator root user guest gast test testing tester demo sample example beispiel default change changeme changeit
  changethis letmein open opensesame sesame enter start master key keys latchkey aws amazon cloud console
  account konto access zugang company firma office work arbeit internet computer server system network
  i you me my mein meine your the der die das a an is ist and und in im to for new neu neue old alt
  love iloveyou ichliebedich liebe baby honey angel engel sunshine sonnenschein sonne star princess prinzessin
  hottie lovely flower blume butterfly schmetterling summer sommer winter spring fruehling autumn fall herbst
  january january februar february march maerz april may mai june juni july juli august september october oktober november december
  dezember januar monday montag tuesday dienstag wednesday mittwoch thursday donnerstag friday freitag saturday samstag sunday sonntag
  monkey affe dragon drache tiger lion loewe eagle adler bear baer wolf dog hund cat katze horse pferd
  football fussball soccer baseball basketball hockey player champion superman batman spiderman starwars pokemon matrix
  trustno one two three four five six seven eight nine ten eins zwei drei vier fuenf shadow ghost ninja killer freedom whatever
  money geld gold silver silber diamond rich happy lucky glueck god gott jesus
  michael thomas daniel andreas alexander jessica jennifer michelle nicole charlie jordan ashley george robert
  berlin london paris vienna wien hamburg germany deutschland
  qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdf asdfgh asdfghjkl yxcv yxcvbnm zxcv zxcvbnm qaz wsx edc rfv qazwsx
  qwe asd zxc abc abcd abcde abcdef abcdefgh xyz aaa xxx`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
