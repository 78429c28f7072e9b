/**
 * Planted messages of the labour line, written by hand with a human translation of each.
 * Notation: see `readPlanted` in story.ts. `{n:person}` is the person's number at that time,
 * `{o:person}` the one before.
 */
export const HOUSE_LINES: Readonly<Record<string, string>> = {
  'sorin-ray-1': `
2025-09-02 19:14 ray en orders | Call me when ur alone
2025-09-08 20:31 ray en orders | 9 beds at holm rd not 7. sort it by sat
2025-09-19 21:02 ray en travel | 2 coming off the coach tmrw 6.40. M has it. Nobody talks to them but you
2025-09-28 18:20 ray en money | rent goes to 60 from monday. all of them
2025-10-11 19:44 ray en money | Carla says 3 short this week. why
2025-10-11 19:52 sorin en money | they was sick 2 days. i put fine 30 each
2025-10-11 19:53 ray en money | 50
2025-10-29 22:10 ray en orders | no more texts about it. ring
2025-11-08 17:33 ray en orders | Send C to thornsea fri with the bag. comes off what he owes
2025-11-15 20:40 ray en number | changing this number tonight. Dont save the new one under my name`,
  'sorin-ray-2': `
2025-11-15 21:20 ray en number | its me. new one. bin the old
2025-11-15 21:26 sorin en number | ok saved as U
2025-11-16 12:05 ray en number | get a new sim yourself. Cash
2025-12-05 18:55 ray en movement | moving them fri 12th. quay terrace is empty. 2 runs before 7am
2025-12-11 22:41 ray en movement | Phones stay in the van till they are inside
2025-12-12 07:31 ray en movement | Done?
2025-12-12 07:33 sorin en movement | all 9 inside. no problem
2026-01-06 09:12 ray en control | who let him walk
2026-01-06 09:20 sorin en control | he went out the back 4am. his debt was {owed:wilmer:17}
2026-01-06 09:21 ray en money | split it on the other 8`,
  house: `
2025-09-07 19:05 sorin ro rules | de maine regula noua: nimeni nu iese dupa 22 fara sa ma intrebe => from tomorrow a new rule: nobody goes out after 22:00 without asking me
2025-09-07 19:06 vitor pt rules | amanha saio as 5.20 em ponto quem nao estiver fica e paga o dia => tomorrow I leave at 5.20 sharp, anyone who isn't there stays behind and pays for the day
2025-09-20 07:58 sorin ro arrivals | au venit doi noi, Fabio si Benoit. faceti loc in camera de sus => two new ones have come, Fabio and Benoit. make room in the upstairs bedroom
2025-09-29 18:31 sorin ro money | de azi chiria e 60 pe saptamana si transportul 35. nu eu hotarasc => from today the rent is 60 a week and the transport 35. it is not me who decides
2025-09-29 18:40 costel ro money | iar? luna trecuta era 45 => again? last month it was 45
2025-09-29 18:41 sorin ro threat | cui nu-i convine sa-mi spuna in fata => anyone who doesn't like it can say it to my face
2025-10-12 20:12 duarte pt money | trabalhei 61 horas e fiquei com 20 libras => I worked 61 hours and was left with 20 pounds
2025-10-12 20:19 wilmer es money | yo igual, 58 horas y me dieron 15 => same here, 58 hours and they gave me 15
2025-10-26 05:41 vitor pt transport | mudou a hora e metade ainda dorme?? estou a porta => the clocks changed and half of you are still asleep?? I'm at the door
2025-11-17 18:52 sorin ro number | numarul meu nou {n:sorin}, pe cel vechi il inchid azi => my new number is {n:sorin}, I am closing the old one today
2025-11-25 13:02 sorin ro inspection | vine control la hala. daca intreaba cineva: stati cu chirie la mine si va tineti singuri cardurile => there is an inspection coming to the packing shed. if anyone asks: you rent from me and you keep your own bank cards
2025-11-25 13:04 sorin it inspection | Fabio anche tu, hai capito? la carta la tieni tu => Fabio you too, understood? you are the one who holds the card
2025-11-25 13:05 fabio it inspection | ho capito => understood
2025-12-11 21:15 sorin ro movement | strangeti tot in seara asta. maine la 4.30 prima masina, la 6.10 a doua. lumina stinsa => pack everything tonight. first van tomorrow at 4.30, second at 6.10. lights off
2025-12-11 21:17 rosario es movement | ¿a donde vamos? => where are we going?
2025-12-11 21:18 sorin ro movement | vedeti cand ajungeti => you will see when you get there
2025-12-12 06:58 lurdes pt movement | aqui cheira a mofo e so ha tres quartos => it smells of damp here and there are only three bedrooms
2026-01-06 18:30 sorin ro control | Wilmer a plecat cu datoria nefacuta. se imparte la toti, cate {share} => Wilmer left without clearing his debt. it gets split between everyone, {share} each
2026-01-06 18:34 benoit fr control | c'est pas a nous de payer pour lui => it is not for us to pay for him
2026-01-06 18:35 sorin ro threat | atunci poti sa-l cauti tu => then you can go and look for him yourself`,
  'sorin-ionela': `
2025-09-03 20:44 sorin ro papers | buletinul ramane la mine pana se termina cu drumul. asa e la toti => your ID card stays with me until the travel is paid off. it is the same for everyone
2025-09-03 20:51 ionela ro papers | dar am nevoie de el la banca => but I need it at the bank
2025-09-03 20:53 sorin ro papers | la banca merge Carla cu tine => Carla will go to the bank with you
2025-10-04 21:10 ionela ro debt | cat mai am de dat? => how much do I still owe?
2025-10-04 21:22 sorin ro debt | 700 erau drumul si actele. plus chirie. intreab-o pe Carla => it was 700 for the travel and the papers. plus rent. ask Carla
2025-11-02 19:30 ionela ro debt | am lucrat 9 saptamani si datoria e mai mare ca la inceput => I have worked 9 weeks and the debt is bigger than at the start
2025-11-02 19:47 sorin ro threat | mananci dormi stai la caldura. nu ma face sa vin acolo => you eat, you sleep, you are in the warm. don't make me come down there
2025-12-13 20:05 sorin ro role | tu ai grija de fete la casa noua. imi scrii cine iese si cand. iti tai 10 din chirie => you look after the girls at the new house. you write to me who goes out and when. I will take 10 off your rent
2025-12-13 20:31 ionela ro role | nu vreau sa fac asta => I don't want to do that
2025-12-13 20:32 sorin ro role | nu te-am intrebat => I didn't ask you
2025-12-21 23:02 ionela ro control | Rosario a iesit la magazin 20 de minute. atat => Rosario went out to the shop for 20 minutes. that's all`,
  'sorin-carla': `
2025-09-05 17:02 carla it cards | ho fatto altri due conti oggi, tessere e pin li tengo nella busta blu => I opened two more accounts today, I am keeping the cards and PINs in the blue envelope
2025-09-05 17:09 sorin it cards | tutti con l'indirizzo di holm road? => all with the Holm Road address?
2025-09-05 17:10 carla it cards | si 14 holm road, la posta la prendi tu => yes, 14 Holm Road, you collect the post
2025-10-03 18:15 carla it money | prelevato 1.940 in tre bancomat, 1.500 a R, il resto spese => withdrew 1,940 from three cash machines, 1,500 to R, the rest expenses
2025-11-26 19:33 carla it inspection | Helen dell'ufficio chiede perche tre buste paga vanno sullo stesso conto => Helen from the office is asking why three pay packets go to the same account
2025-11-26 19:40 sorin it inspection | dille che sono cugini => tell her they are cousins
2025-12-19 16:48 carla it money | tredici giorni di lavoro, 8 persone, netto per R 2.310 => thirteen days of work, 8 people, net for R 2,310
2026-01-09 20:21 carla it debt | ho diviso i {owed:wilmer:17} di Wilmer, viene {share} a testa => I split Wilmer's {owed:wilmer:17}, it comes to {share} each`,
  'sorin-mathieu': `
2025-09-12 14:20 mathieu fr travel | j'en ai deux pour toi, un italien et un français. ils montent à Lille le 19 au soir => I have two for you, an Italian and a Frenchman. they get on at Lille on the evening of the 19th
2025-09-12 14:31 sorin fr travel | combien => how much
2025-09-12 14:33 mathieu fr money | 450 par tête, comme d'hab. ils savent pas que ça se rembourse => 450 a head, as usual. they don't know it has to be paid back
2025-09-20 06:49 mathieu fr travel | descendus à 6h40, sacs gris. leurs papiers sont dans l'enveloppe que j'ai donnée au chauffeur => they got off at 6.40, grey bags. their papers are in the envelope I gave the driver
2025-11-18 10:12 sorin fr number | c'est sorin, mon nouveau numéro {n:sorin} => it's Sorin, my new number is {n:sorin}
2026-01-04 15:40 mathieu fr travel | trois pour le 10 janvier, deux femmes et un homme => three for 10 January, two women and a man
2026-01-04 15:58 sorin fr travel | envoie. la nouvelle maison a de la place => send them. the new house has room
2026-01-09 21:30 mathieu fr travel | annulé. le car est contrôlé à Calais, on attend => cancelled. the coach is being checked at Calais, we wait`,
  'sorin-vitor': `
2025-09-19 22:15 sorin en travel | tomorrow 6.40 coach stop marlby, two guys grey bags. take the envelope not the people's word
2025-09-20 06:55 vitor pt travel | ja os tenho. o frances pergunta pelo passaporte => I have them. the Frenchman is asking for his passport
2025-09-20 06:57 sorin en papers | tell him its safe with carla
2025-12-10 19:08 sorin en movement | friday 4.30 first run 5 people, 6.10 second run 4. holm road to 3 quay terrace thornsea. no main road
2025-12-10 19:21 vitor pt movement | pela estrada da lagoa sao 50 minutos. preciso de 40 para gasoleo => by the lagoon road it's 50 minutes. I need 40 for diesel
2025-12-10 19:22 sorin en movement | ok 40. plates changed?
2025-12-10 19:30 vitor pt movement | mudo na quinta a noite => I'll change them on Thursday night
2025-12-12 04:29 vitor pt movement | a porta. 5 dentro => at the door. 5 inside
2025-12-12 05:24 vitor pt movement | deixei os primeiros. volto => dropped the first ones. going back
2025-12-12 06:12 vitor pt movement | saio com os 4. a senhora do lado abriu a cortina => leaving with the 4. the lady next door opened her curtain
2025-12-12 06:14 sorin en movement | dont stop
2025-12-12 07:05 vitor pt movement | feito. os telemoveis ainda estao comigo => done. I still have the phones
2025-12-12 12:40 sorin en delete | delete this chat after you read. i do the same
2025-12-12 12:44 vitor pt delete | ok chefe => ok boss`,
  'vitor-ray': `
2025-10-18 16:10 ray en orders | Van needs to be white by next week
2025-10-18 16:25 vitor en orders | ok garage has it tuesday
2025-12-04 20:15 ray en number | this is my number now. same rules`,
  'vitor-sandra': `
2025-10-14 22:40 vitor pt doubt | isto nao e so conduzir Sandra. eles nao podem sair de casa => this isn't just driving, Sandra. they are not allowed to leave the house
2025-10-14 22:47 sandra pt doubt | entao vem embora => then come home
2025-10-14 22:48 vitor pt debt | ainda devo 900 da carrinha ao tio => I still owe the uncle 900 for the van`,
  'sorin-costel': `
2025-10-19 19:11 costel ro debt | vreau sa plec acasa de craciun => I want to go home for Christmas
2025-10-19 19:25 sorin ro debt | pleci cand e zero. acum e {owed:costel:6} => you leave when it is zero. right now it is {owed:costel:6}
2026-01-11 18:02 costel ro papers | da-mi macar pasaportul inapoi => at least give me my passport back`,
  'sorin-duarte': `
2025-11-09 20:33 duarte pt wages | Sorin o meu salario foi para que conta? => Sorin, which account did my wages go to?
2025-11-09 20:50 sorin pt wages | para a conta da casa. depois desconta-se => to the house account. it gets deducted later
2025-11-09 20:52 duarte pt wages | eu nunca assinei isso => I never signed that`,
  'sorin-wilmer': `
2025-10-05 21:15 wilmer es injury | me corté la mano en la línea, puedo descansar mañana? => I cut my hand on the line, can I rest tomorrow?
2025-10-05 21:30 sorin es injury | si no vas son 50 de multa => if you don't go it's a 50 fine
2026-01-05 22:18 wilmer es control | ya no le debo nada a nadie. saque cuentas => I don't owe anyone anything any more. I did the sums
2026-01-05 22:20 sorin es threat | mañana hablamos en persona => tomorrow we talk in person`,
  'sorin-lurdes': `
2025-10-01 21:05 lurdes pt money | a Carla ficou com o meu cartao e com o codigo. quando mo devolve? => Carla kept my card and the PIN. when will she give it back?
2025-10-01 21:20 sorin pt money | quando acabar a divida => when the debt is finished
2025-12-20 20:40 lurdes pt lodging | somos cinco num quarto e pagamos 60 cada uma => there are five of us in one room and we pay 60 each`,
  'sorin-rosario': `
2025-09-17 21:12 rosario es papers | el contrato que firmé estaba en inglés, ¿qué decía? => the contract I signed was in English, what did it say?
2025-09-17 21:33 sorin es papers | lo normal. firmaste y ya => the usual. you signed and that's it
2025-12-23 18:15 rosario es control | mi mamá está enferma y no me deja llamar por video => my mum is ill and you won't let me video call
2025-12-23 18:29 sorin es threat | una llamada, conmigo delante => one call, with me present`,
  'sorin-fabio': `
2025-10-24 20:02 fabio it wages | in busta ci sono 412 e a me ne hai dati 20 => the payslip says 412 and you gave me 20
2025-10-24 20:15 sorin it wages | viaggio, letto, furgone, documenti. fatti i conti => journey, bed, van, papers. do the sums
2025-12-07 19:44 fabio it control | ieri il furgone non si e fermato al negozio, non possiamo uscire neanche la domenica? => yesterday the van didn't stop at the shop, can't we go out even on Sundays?
2025-09-21 20:10 fabio it papers | mi ridate la carta d'identita? mi serve per la sim => will you give me my identity card back? I need it for the SIM
2025-09-21 20:24 sorin it papers | la sim te la do io => I will give you the SIM`,
  'sorin-benoit': `
2025-09-24 19:50 benoit fr debt | on m'avait dit logement gratuit. maintenant je dois 450 plus le loyer ? => I was told free housing. now I owe 450 plus the rent?
2025-09-24 20:02 sorin en debt | transport is not free. work and it goes down
2025-11-21 21:14 benoit fr wages | j'ai vu ma fiche de paie sur le bureau. 430 la semaine. où va le reste ? => I saw my payslip on the desk. 430 a week. where does the rest go?
2025-11-21 21:30 sorin en threat | you dont go in the office again
2026-01-08 19:02 benoit fr control | je paierai pas la dette de Wilmer => I won't pay Wilmer's debt`,
  'vitor-mathieu': `
2025-09-19 20:05 mathieu fr travel | ils sont montés, places 14 et 15. ils croient que c'est pour six semaines => they have got on, seats 14 and 15. they think it's for six weeks
2025-09-20 07:20 vitor fr travel | récupérés. l'enveloppe aussi => collected. the envelope too
2026-01-09 21:36 mathieu fr travel | pas de livraison demain, préviens S => no delivery tomorrow, tell S`,
  'sorin-craig': `
2025-11-07 20:15 sorin en line | friday you go thornsea by bus with the bag. give it to shaun at flat 2. dont open
2025-11-07 20:22 craig en line | whats in it
2025-11-07 20:23 sorin en line | 150 off what you owe thats whats in it
2025-11-14 17:48 craig en line | done. he looked bad sorin. two lads living in his flat`,
  'sorin-helen': `
2025-11-24 10:05 helen en inspection | Hi Sorin, there's a labour standards visit on Tuesday. Can everyone bring their own ID please?
2025-11-24 10:31 sorin en inspection | Hi Helen yes no problem I bring copies
2025-11-24 10:33 helen en inspection | Originals please, and each person should come with their own.
2025-12-15 09:12 helen en inspection | Three starters have the same sort code and account. Payroll have asked me to check.`,
  'sorin-pell': `
2025-12-01 11:20 pell en lodging | Quay Terrace is let for two people as agreed. Please confirm no subletting. Pell Lettings
2025-12-01 11:47 sorin en lodging | Yes only me and my brother. Thank you`
};

export const HELP_LINES: Readonly<Record<string, string>> = {
  'ionela-adela': `
2025-09-10 21:40 ionela ro papers | mi-a luat buletinul Adela. zice ca pana platesc drumul => he took my ID card, Adela. he says until I pay for the journey
2025-09-10 21:44 adela ro papers | asta nu e legal!! => that is not legal!!
2025-10-19 22:05 ionela ro debt | uite cum scrie: chirie 60, masina 35, acte 250. imi raman 20 => look how he writes it: rent 60, van 35, papers 250. I am left with 20
2025-11-28 21:15 ionela ro inspection | la control ne-a pus sa zicem ca tinem noi cardurile. le tine Carla intr-un plic albastru => at the inspection he made us say we hold the cards. Carla keeps them in a blue envelope
2025-12-12 08:20 ionela ro movement | ne-au mutat azi noapte. 3 quay terrace, langa mare. nu stiu orasul => they moved us last night. 3 Quay Terrace, by the sea. I don't know the town
2025-12-12 08:31 adela ro movement | trimite locatia => send the location
2025-12-12 08:36 ionela ro movement | ne-au dat telefoanele abia acum. nu am voie locatia => they only just gave us the phones. I'm not allowed location
2026-01-07 22:50 ionela ro control | Wilmer a fugit. acum platim noi pentru el => Wilmer ran away. now we are paying for him
2026-01-18 21:05 ionela ro help | am scris tot intr-un caiet, ore, bani, cine tine cardurile => I have written everything in a notebook, hours, money, who holds the cards
2026-01-18 21:12 adela ro help | exista o linie de ajutor, vorbesc si romana. sun eu pentru tine => there is a helpline, they speak Romanian too. I'll ring for you
2026-01-24 23:31 ionela ro help | mi-e frica pentru Lurdes si Rosario daca vorbesc => I am afraid for Lurdes and Rosario if I talk
2026-01-29 20:02 adela ro help | au zis ca vin. tine telefonul la tine => they said they are coming. keep the phone on you`,
  'ionela-mama-i': `
2025-10-02 20:15 ionela ro money | mama luna asta nu pot trimite, mi-au intrat doar 20 => mum, I can't send anything this month, only 20 came in
2025-12-24 21:40 ionela ro family | sarbatori fericite mama. nu am bilet, poate la pasti => happy holidays mum. I have no ticket, maybe at Easter`,
  'ionela-bianca': `
2025-11-16 19:20 ionela es money | ni te vengas aqui Bianca. dicen 11 la hora y te quedan 20 a la semana => don't come here, Bianca. they say 11 an hour and you are left with 20 a week
2025-11-16 19:26 bianca ro money | si pasaportul? => and your passport?
2025-11-16 19:27 ionela ro papers | la el => he has it`,
  'ionela-rosario': `
2025-12-22 19:58 rosario es control | por que le dices cuando salgo? => why do you tell him when I go out?
2025-12-22 20:10 ionela es control | me obliga. le dije 20 minutos nada mas. perdoname => he makes me. I said 20 minutes, nothing more. forgive me
2026-01-19 22:14 rosario es help | si tu hablas yo tambien hablo => if you talk, I will talk too`,
  'ionela-lurdes': `
2025-12-14 18:44 lurdes pt movement | a casa nova tem cadeado por fora => the new house has a padlock on the outside
2026-01-20 21:03 lurdes pt help | guardei as folhas de horas, estao no forro do casaco => I kept the timesheets, they are in the lining of my coat`,
  women: `
2025-12-16 19:30 rosario es lodging | hoy no hubo calefaccion otra vez => there was no heating again today
2025-12-16 19:34 lurdes pt lodging | e a janela do quarto nao fecha => and the bedroom window doesn't close`
};
