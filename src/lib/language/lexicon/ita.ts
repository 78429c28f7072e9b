/** Italian terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const ITALIAN = readTerms(
  'ita',
  '2026-11-25',
  `
line | piazza di spaccio; piazze di spaccio | a fixed place where drugs are sold | a news item; a neighbour's complaint | court 2014
line | spacciare; spaccia; spacciano; spaccio; spacciatore; spacciatori | selling drugs in small amounts | a factory shop; passing something off as what it is not | court 2012
line | fare il palo; fa il palo; fai il palo; vedetta; vedette | keeping watch for a dealing point | a lookout on a ship; a star of a show | court 2014
line | la merce; della merce; arriva la merce; la roba buona | drugs, or people, spoken of as goods | goods of a shop or warehouse | court 2014
line | segna sul conto; te lo segno; lo segno sul conto; pago dopo segna | drugs handed over against later payment | a bar tab; shop credit among neighbours | glossary 2012
line | due per quindici; tre per venti; due a quindici | the price of deals, as broadcasts name it | a shop offer | court 2018
line | tieni questo per me; tienimi questo; tienimelo tu; custodisci questo | being asked to keep drugs, cash or a weapon for another | looking after a bag or a parcel | guide 2019
line | cavallino; cavallini; fare il corriere; fa il corriere | a person who carries drugs for others | a pony; working for a parcel service | court 2014
debt | debito di viaggio; debito del viaggio; pagare il viaggio; devi il viaggio; devi il biglietto; pagare il passaggio | a debt for the journey that was laid on a worker | friends or relatives settling who paid for tickets | guidance 2012
debt | il tuo debito; tuo debito; suo debito; il debito sale; finire il debito; quanto devo ancora; devi ancora; mi devi ancora | a debt by which a person is held | a bank loan; household money; news | guidance 2012
debt | trattengo dalla paga; trattenuto dalla paga; tolgo dalla paga; te lo tolgo dalla paga; scalo dalla paga; scalato dalla paga; trattenuta; trattenute; tolto dalla paga | pay that is kept back for rent, transport or fines | tax and contributions; a lawful deduction | guidance 2012
debt | lavorare per pagare; lavori per pagare; lavori finche paghi; finche non paghi; fino a quando paghi | working without pay against a debt that another reckons | anyone who works to repay a loan | guidance 2012
debt | pagare i documenti; soldi per i documenti; soldi dei documenti; pagare per il lavoro; soldi per il posto | money asked of a worker for papers or a job | a lawyer's or an office's fees | guidance 2012
debt | ti metto la multa; multa se ritardi; prendi la multa; prendono la multa; multa 50; multa di 50 | penalties in money laid on workers | a parking fine | guidance 2012
debt | caporale; caporali; caporalato | someone who hires out workers and takes a share of their pay | the army rank | guidance 2016
debt | posto letto; posti letto; affitto del letto; paghi il letto | a bed let to workers who cannot choose | an ordinary lodging advertisement; a hospital bed | guidance 2016
debt | conti della settimana; conto della settimana; lista dei debiti; chi deve quanto | a running reckoning of what people owe | household or business accounts | court 2018
movement | scafista; scafisti | someone who steers people across the sea for money | a news item | court 2014
movement | passatore; passatori; passeur | someone who brings people over a border for money | a ferryman | court 2015
movement | passare il confine; passano il confine; far passare gente; li facciamo passare; far arrivare gente; mando gente; ti mando gente | bringing people over a border, or to work elsewhere | a family trip; sending customers along | court 2015
movement | fai la valigia; fate le valigie; prepara le tue cose; preparate le cose; preparate la roba; pronti con le borse | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | cambiate casa; cambiano casa; spostare i ragazzi; spostiamo i ragazzi; spostarli stanotte; spostali stanotte; altra casa stasera | people moved between dwellings by others | an ordinary move; a team's travel | guide 2019
movement | il furgone passa; furgone passa alle; il furgone parte; vi prende il furgone; vi prende l'autista; passa l'autista | transport laid on, and controlled, by another | a works minibus, a lift | guide 2019
money | prestami il conto; presta il conto; usare il tuo conto; uso il tuo conto; conto a nome tuo; mulo di denaro | an account lent to pass on money of unknown origin | a bank's warning; a favour in a family | guidance 2019
money | riciclare soldi; riciclaggio; soldi puliti; pulire i soldi; soldi sporchi | making the origin of money look lawful | recycling waste; a note left in a pocket; news | court 2014
money | prestanome; prestanomi; testa di legno; intestare a te; intestato a te | a name lent for an account, a flat or a firm | an inheritance; a bill in someone's name | court 2014
money | in nero; lavoro nero; senza contratto; fuori busta | work without a record | odd jobs among neighbours; a colour; a phone without a contract | guidance 2012
money | in contanti; solo contanti; soldi in mano | payment without a record | paying with notes at a shop | guide 2014
money | tengo io le carte; tengo le carte; carte e pin; carta e pin; dammi la carta | another person holds someone's bank card | a couple or parent shopping; playing cards | guide 2019
control | tengo il passaporto; tengo i passaporti; tengo io i passaporti; ha il mio passaporto; hanno il mio passaporto; dammi il passaporto; ridammi il passaporto; i documenti li tengo io | identity papers kept by another | a relative or travel agent keeping papers safe | guidance 2012
control | non uscire; non uscite; vietato uscire; non potete uscire; restate in camera; resta in camera | movement that another person restricts | illness, weather, a rule for children | guidance 2012
control | non parlare con nessuno; non parlate con nessuno; non dire niente; non dite niente; acqua in bocca | contact that another person restricts | a surprise; a confidence among friends | guidance 2012
control | so dove abiti; sappiamo dove abiti; sappiamo dove abita; so dove sta la tua famiglia; sappiamo dove sta la tua famiglia | a threat that names home or family | a delivery, a lift home, an acquaintance | court 2018
control | tieni d'occhio gli altri; controlla gli altri; tienili d'occhio; dimmi chi parla | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | cancella i messaggi; cancella tutto; cancellate tutto; butta la scheda; cambia scheda; cambio scheda; scheda nuova; nuova scheda | traces to be removed, a number given up | tidying up; a new contract; a broken phone | court 2018
`
);
