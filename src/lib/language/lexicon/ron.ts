/** Romanian terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const ROMANIAN = readTerms(
  'ron',
  '2026-11-25',
  `
line | marfă; marfa buna; vine marfa; a venit marfa | drugs, or people, spoken of as goods | goods of a shop or warehouse; praise for something fine | court 2014
line | pe datorie; ti dau pe datorie; trece pe caiet; pe caiet | drugs handed over against later payment | shop credit among neighbours; a school book | court 2014
line | două la cincisprezece; trei la douazeci | the price of deals, as broadcasts name it | a shop offer | court 2018
line | ține asta pentru mine; tine mi asta; pastreaza asta pentru mine; ascunde asta | being asked to keep drugs, cash or a weapon for another | looking after a bag, a parcel or a present | guide 2019
line | a vinde la plic; la plic; pliculete; pliculet | drugs divided into small amounts | a letter; money given at a wedding; tea bags | court 2014
debt | plătești drumul; platit drumul; achiti drumul; banii de drum; bani de drum; datoria de drum; costul drumului | a debt for the journey that was laid on a worker | friends or relatives settling who paid for tickets | guidance 2012
debt | datoria ta; datoria lui; datoria creste; ai datorie; ai datorii; imi esti dator; esti dator; sunteti datori; cat mai am de dat; mai ai de dat; cat mai datorez | a debt by which a person is held | a bank loan; household money; a duty | guidance 2012
debt | îți opresc din salariu; opresc din salariu; oprit din salariu; va opresc din bani; opresc din bani; tai din salariu; taiat din salariu; taiem din salariu; se opreste din plata; oprit din plata; scad din plata | pay that is kept back for rent, transport or fines | tax and contributions; a lawful deduction | guidance 2012
debt | muncești până plătești; muncesti pana achiti; pana platesti; pana achiti; pana platiti; lucrezi pentru datorie | working without pay against a debt that another reckons | anyone who works to repay a loan | guidance 2012
debt | bani pentru acte; banii de acte; platesti actele; plata actelor; taxa de acte; platesti pentru munca; bani pentru loc de munca | money asked of a worker for papers or a job | a notary's or an office's fees | guidance 2012
debt | primești amendă; ai amenda; luati amenda; va dau amenda; iti dau amenda; amenda 50; amenda de 50; 50 amenda | penalties in money laid on workers | a parking fine | guidance 2012
debt | cămătar; cămătari; camătă | lending money at a rate that cannot be paid | a news item; a joke about a bank | court 2012
debt | recuperator; recuperatori | someone who collects debts by pressure | a scrap dealer; a technical device | court 2012
debt | îmi dai partea; dai partea; partea sefului; partea mea din salariu | a share of the pay that another takes | splitting a bill or a profit | court 2014
debt | chiria din salariu; chiria o opresc; oprim chiria; chiria se opreste | lodging tied to the work and taken from the pay | a flat share that was agreed | guidance 2012
movement | călăuză; călăuze | someone who brings people over a border for money | a guide in the mountains; a guide book; a ticket inspector | court 2014
movement | trec granița; trecem granita; treci granita; trecut granita; trecerea granitei; treci frontiera; trecem frontiera | bringing people over a border | a family trip | court 2015
movement | trimit oameni; iti trimit oameni; mai trimit oameni; aduc oameni; aduci oameni; trimit baieti; aduc baieti | sending people to work that others profit from | colleagues or guests sent along | guide 2019
movement | strângeți lucrurile; strange ti lucrurile; strangeti bagajele; faceti bagajele; faceti va bagajele; fa ti bagajul; fa bagajul; fa ti bagajele | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | vă mutați; va mutam; va mut; mutam oamenii; ii mutam; mutati i; alta casa; plecati la alta casa | people moved between dwellings by others | an ordinary move | guide 2019
movement | vine duba; cu duba; duba la; duba vine; va ia duba; va ia soferul; vine soferul | transport laid on, and controlled, by another | a works minibus, a lift, a removal | guide 2019
money | săgeată; săgeți | a person who lends a name or an account to pass on money | an arrow; a road sign; a fast player | court 2014
money | spală bani; spălare de bani; bani negri; bani murdari; bani curati | making the origin of money look lawful | a note left in a pocket; news | court 2014
money | pe numele tău; cont pe numele tau; card pe numele tau; da mi contul; folosesc contul tau; faci un cont | an account or a name lent to pass on money | a reservation or a letter in someone's name; opening an account | guidance 2019
money | bani în mână; banii in mana; cash in mana; bani la plic; banii la plic | payment without a record | paying with notes; money given at a wedding | guide 2014
money | la negru; munca la negru; fara contract; fara acte; fara forme legale | work without a record | odd jobs among neighbours; a phone without a contract | guidance 2012
money | țin cardurile; tin eu cardurile; cardul si pinul; cardurile si pinul; da mi cardul; cardul ramane la mine | another person holds someone's bank card | a couple or parent shopping | guide 2019
control | țin pașaportul; tin pasapoartele; tin actele; da mi pasaportul; mi a luat pasaportul; mi a luat buletinul; mi a luat actele; ne a luat actele; actele raman la mine; pasapoartele raman la; iau buletinele | identity papers kept by another | a relative, an office or a travel agent keeping papers safe | guidance 2012
control | nu ieși din casă; nu iesiti din casa; nu iesiti afara; nu iesi afara; n aveti voie afara; nu aveti voie sa iesiti; nu ai voie sa iesi; nu ne lasa afara; nu ne lasa sa iesim | movement that another person restricts | illness, weather, a rule for children | guidance 2012
control | nu vorbi cu nimeni; nu vorbiti cu nimeni; sa nu vorbesti cu nimeni; nu spune nimic; nu spuneti nimic; nu spune nimanui; tine ti gura | contact that another person restricts | a surprise; a confidence among friends | guidance 2012
control | știm unde stai; stiu unde stai; stim unde sta familia; stim unde e familia; stim de familia ta; stiu unde ti e familia | a threat that names home or family | a delivery, a lift home, an acquaintance | court 2018
control | stai cu ochii pe ei; cu ochii pe ei; fii ochii mei; spune mi cine vorbeste; imi spui cine vorbeste; imi spui cine zice | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | șterge mesajele; stergeti mesajele; sterge tot; stergeti tot; schimba cartela; schimbati cartela; cartela noua; arunca cartela | traces to be removed, a number given up | tidying up; a new contract; a broken phone | court 2018
control | pleci când zic eu; plecati cand zic eu; cand zic eu pleci; nu pleci pana nu platesti; nu pleci nicaieri | leaving that another person forbids | a parent's or a host's strictness, a joke | guidance 2012
`
);
