/** English terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const ENGLISH = readTerms(
  'eng',
  '2026-11-25',
  `
line | county line; county lines; countyline; countylines | selling drugs from a city into smaller places over one phone number | the border of a county; a school lesson, campaign or news item about it | guidance 2018
line | deal line; deal lines; drug line; drugs line; drugs lines | the phone number on which orders for drugs are taken | a headline; an advice line about drugs | guidance 2019
line | cunch; going cunch; in cunch; up cunch | a smaller place where a line sells; travelling there to sell | a mistyped word such as lunch or crunch; a place name | glossary 2019
line | going country; go country; gone country; goes country; went country; goin country | travelling to a smaller place to sell drugs | a trip to the countryside; taking up country music | guidance 2018
line | going ot; go ot; gone ot; goin ot; out ot | travelling out of town to sell drugs | working overtime; occupational therapy | glossary 2019
line | trap house; trap houses; traphouse; traphouses; trap hse | a dwelling from which drugs are sold | a style of music; a song or club night of that name | guidance 2018
line | trapping; trappin; trapped out; trap all day; trap all night | selling drugs from a fixed place | catching animals; the music style; a football skill | glossary 2018
line | trap phone; trap phones; trapphone; trap fone; trap line; trap lines | a phone that is kept for taking orders | a song title; talk about a phone that caught a virus | guidance 2018
line | burner phone; burner phones; burner fone; a burner; my burner; new burner | a cheap phone used for a short time so that it is hard to trace | a spare phone for travel or a festival; a cooker or stove | guidance 2017
line | cuckooing; cuckooed; cuckoo house; cuckood | taking over the home of a person who cannot refuse, to use it for drugs | talk of birds or clocks; a support worker's or neighbour's concern | guidance 2018
line | on tick; on tic; no tick; tick list; ticklist; tick till; tick til; tick him; tick her | goods handed over against later payment, and the list of who owes | shop credit among friends; a checklist; a series called like it | court 2016
line | reup; re up; re-up; reupped; re-upped; re ups | fetching new stock to sell | topping up a phone or renewing a contract; buying more of something | glossary 2018
line | shotting; shottin; shotter; shotters; shot for him; shot for them | selling drugs in small amounts, often for someone else | drinking shots; taking photographs | glossary 2018
line | my plug; a new plug; the plug man; got a plug | a supplier | a charger, a socket or a hair treatment | glossary 2019
line | bag up; bagging up; bagged up; baggin up; bags up | dividing drugs into small amounts for sale | packing shopping, laundry or produce at work | court 2017
line | light and dark; dark and light; on both; b and w | two kinds of drugs on offer at once | colours of clothes, hair, meat or beer; being on two lists | guidance 2018
line | 2 for 15; 2 for 20; 3 for 20; 3 for 25; 3 for 30; 2 4 15; 3 4 20 | the price of deals, as broadcasts name it | a shop offer, a raffle, match tickets | court 2018
line | on till late; on til late; on all day; on all night; on all xmas; on it all day; on it till late; on till 11; back on it; on now both | a line says that it is selling | opening hours; a television or heating left on; an evening out | court 2018
line | fresh in; bag landed; bags landed; pack landed; packs landed; its landed | new stock has come | a delivery to a shop; a plane has landed | court 2018
line | youngers; my youngers; the youngers; olders; the olders; my olders | lower and higher ranks in a group that sells drugs | younger and older relatives, pupils or players | guidance 2018
line | my runner; my runners; send a runner; send the runner; a runner for | a person, often young, who carries drugs or money | someone who jogs; a helper at work; a carpet or a bean | guidance 2018
line | do the run; doing the run; did the run; can do the run; a run fri; the run fri | a journey that carries drugs or money | a jog or charity run; the school run; a delivery round | court 2017
line | hold this for me; hold it for me; hold that for me; mind this for me; hold something for me | being asked to keep drugs, cash or a weapon for another | looking after a bag, a seat or a parcel | guide 2019
line | got taxed; been taxed; get taxed; gets taxed; taxed him; taxed me | taking goods or money by force, often to make a debt | paying tax; being worn out | glossary 2018
debt | debt bondage; bonded labour; bonded labor; debt bonded | being held to work by a debt that does not fall | a lesson, a news item, a training course | guidance 2012
debt | work it off; works it off; working it off; worked it off; work off the debt; work off your debt; work off what you owe; off his bill; off her bill; off your bill | working without pay against a debt that another reckons | exercise after a meal; a friendly favour in return | guidance 2012
debt | travel debt; ticket debt; owe for the ticket; owe me for the ticket; owe for the journey; owe for the flight; pay back the flight; pay back the ticket | a debt for the journey that was laid on a worker | friends settling who paid for tickets | guidance 2012
debt | job fee; joining fee; recruitment fee; recruitment fees; paid for the job; pay for the job; fee for the job; fees for the job | money asked of a worker for being given work | a lawful charge for another service; club membership; an invoice for a job done | guidance 2012
debt | out of your wages; out of ur wages; from your wages; from ur wages; off your wages; out of your pay; dock your pay; docked your pay; dock my pay; docked my pay | pay that is kept back for rent, transport or fines | tax and pension; a deduction that was agreed in writing | guidance 2012
debt | fined for being late; fine for being late; fine if late; fined 50; 50 fine; a fine for talking; fine for the room | penalties in money laid on workers | a parking or library fine; a club's joke rules | guidance 2012
debt | debt goes up; debt went up; debt is going up; owe more now; you owe more; u owe more; still owe me; you still owe | a debt that rises whatever is paid | interest on a loan; banter about a small loan | guidance 2012
debt | gangmaster; gangmasters; gang master; gang masters | someone who supplies workers without a licence | a licensed labour provider; the name of the authority | guidance 2006
movement | pack your things; pack ur things; pack your stuff; pack ur stuff; be packed by; get your bags ready | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | new house tonight; moving house tonight; move them tonight; moving them tonight; move them before; move the workers; move the lads; moving the lads | people moved between dwellings by others | friends helping with a move; a team's travel | guide 2019
movement | driver will take you; driver will pick you; driver will bring you; driver picks you up; the driver takes you; van will take you; van picks you up | transport laid on, and controlled, by another | a taxi, a works minibus, an airport transfer | guide 2019
movement | send people over; sending people over; send them over; bring people over; bringing people over; brought them over; send more people | sending people to another country for work that others profit from | visitors; colleagues asked to come across the road | guidance 2020
movement | back of the lorry; in the lorry; inside the lorry; in the back of a lorry; under the lorry | crossing a border hidden in a vehicle | haulage or removal work; loading a lorry | court 2020
movement | small boat; small boats; the crossing tonight; crossing tonight | an irregular crossing by sea | fishing, sailing, a ferry trip, the news | guidance 2021
money | money mule; money mules; muling; drop account; drop accounts | an account lent to pass on money of unknown origin | a bank's warning; a lesson about fraud | guidance 2019
money | quick flip; quick flips; flip your money; flip ur money; deets and squares; deets n squares; squares and deets | an offer to pass money through a young person's account | gymnastics, skating, resale of goods | glossary 2019
money | clean the money; cleaning the money; wash the money; washing the money; clean cash | making the origin of money look lawful | a joke about a note left in a pocket | court 2018
money | card and pin; cards and pins; card n pin; has my card; has my bank card; took my card; took my bank card; keeps my card; give me your card | another person holds someone's bank card | a couple or parent shopping; a card left at the till | guide 2019
money | cash in hand; cash in hand only; cash only no papers | pay without a record | a tradesman's quote; a casual job among neighbours | guide 2014
money | drop the money; dropping the money; drop the cash; money drop; cash drop; count the money; counted the money | handing cash from one courier to the next | a parent bringing money round; a till count in a shop | court 2018
control | keep your passport; keeps your passport; has my passport; took my passport; kept my passport; got my passport; holds the passports; hold the passports; passport stays with; passports stay with; passports are with | identity papers kept by another | an employer's copy for a lawful check; a relative or travel agent keeping papers safe | guidance 2012
control | dont go outside; don't go outside; do not go outside; dont leave the house; don't leave the house; do not leave the house; not allowed out; not allowed to leave; cant go out alone | movement that another person restricts | illness, weather, a curfew for children | guidance 2012
control | dont talk to anyone; don't talk to anyone; dont speak to anyone; don't speak to anyone; talk to no one; speak to nobody; say nothing to anyone; say nothing to no one | contact that another person restricts | a surprise party; a confidence among friends | guidance 2012
control | locked us in; locks us in; locked me in; lock them in; locked them in; door is locked from outside; took my keys | being shut in, or out of one's own home | a forgotten key; an escape room; a stuck door | guidance 2012
control | know where you live; know where u live; know where your family; know where your mum; know where ur mum; visit your family; visit your mum | a threat that names home or family | a delivery, a lift home, a joke, a kind visit | court 2018
control | tell me who talks; tell me who is talking; who is talking to; watch the others; watch them for me; keep an eye on them; keep an eye on the others | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | lose the phone; lose the old; get rid of the phone; dump the phone; old 1 is dead; old one is dead; change your sim; new sim today | a number given up so that it is hard to trace | a lost or broken phone; a new contract | court 2018
control | delete this; delete the chat; delete the messages; delete our chat; clear your chat; wipe your phone; delete everything | traces that are to be removed | tidying up; privacy; a message sent by mistake | court 2018
control | save this number; save this 1; new number for; new line number; ring this one now | a successor number announced to customers or workers | an ordinary change of number | court 2018
control | shank; shanks; shanked; zombie knife; zombie knives | a knife carried as a weapon | a cut of meat; a film; a golf stroke | glossary 2018
control | feds; the feds; bizzies; rozzers; jakes | police | a television series; news from abroad; a nickname | glossary 2018
`
);
