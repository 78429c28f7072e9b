/** French terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const FRENCH = readTerms(
  'fra',
  '2026-11-25',
  `
line | point de deal; points de deal; un point de vente au quartier | a fixed place where drugs are sold | a news item; a neighbour's complaint | guidance 2020
line | nourrice; nourrices; chez la nourrice | a person or dwelling that keeps stock for others | a child minder | court 2015
line | charbonner; charbonne; charbonnent; charbonneur; charbonneurs | selling at a dealing point | working hard; coal | glossary 2019
line | guetteur; guetteurs; guetter; tu guettes; faire le guet | keeping watch for a dealing point | a watchman; waiting eagerly for something | court 2016
line | ravitailler; ravitaille; ravitaillent; ravitaillement; faire le ravito | fetching new stock to sell | food, water or fuel for a trip or a race | court 2016
line | un go fast; le go fast; des go fast; en go fast | a convoy that carries drugs at speed | a film; talk about fast driving | court 2014
line | la marchandise; de la marchandise; ta marchandise; marchandise arrive | drugs, or people, spoken of as goods | goods of a shop or warehouse | court 2014
line | barrette; barrettes; une barrette | a small amount of cannabis resin | a hair slide; a bar of memory for a computer | glossary 2012
line | sur l'ardoise; une ardoise; ton ardoise; ardoise a payer | drugs handed over against later payment | a bar tab; slate; a drawing tablet | glossary 2012
line | remonter la recette; remonte la recette; la recette du jour; compter la recette | handing the day's takings of a dealing point upwards | the takings of a shop; a cooking recipe | court 2016
line | jobeur; jobeurs; petite main; petites mains | a young person hired for small tasks of a dealing point | a casual worker; a seamstress | court 2022
debt | rembourser le voyage; rembourse le voyage; rembourser ton voyage; rembourser le billet; rembourser le passage; dette de voyage; payer le passage | a debt for the journey that was laid on a worker | friends or relatives settling who paid for tickets | guidance 2012
debt | ta dette; sa dette; votre dette; leur dette; la dette augmente; dettes a payer | a debt by which a person is held | a bank loan; household money; news | guidance 2012
debt | retenue sur salaire; retenu sur ta paye; retenir sur ta paye; retiens sur ta paye; retire de ta paye; enleve de ta paye; pris sur ta paye; prendre sur ta paye | pay that is kept back for rent, transport or fines | social contributions; a lawful deduction | guidance 2012
debt | travailler pour payer; travailles pour payer; travaille pour rembourser; travailles pour rembourser; travailler pour rembourser | working without pay against a debt that another reckons | anyone who works to repay a loan | guidance 2012
debt | frais de dossier; frais de papiers; frais d'agence; payer les papiers; argent des papiers | money asked of a worker for papers or a job | a bank's or an estate agent's fees | guidance 2012
debt | payer une amende; payes une amende; 50 d'amende; amende de 50; amende si retard | penalties in money laid on workers | a parking fine | guidance 2012
debt | marchand de sommeil; marchands de sommeil | someone who lets unfit lodging at a high price | a news item; a tenants' association | guidance 2018
movement | passeur; passeurs; le passeur; passeuse | someone who brings people over a border for money | a ferryman; a player who passes the ball | court 2015
movement | faire passer des gens; fait passer des gens; les faire passer; on les fait passer; passer la frontiere; passent la frontiere | bringing people over a border | a family holiday; handing something on | court 2015
movement | j'envoie des gens; j'en envoie; envoyer des gens; on envoie des gens; j'envoie du monde; envoyer du monde | sending people to work elsewhere | colleagues or helpers sent along | guide 2019
movement | prépare tes affaires; preparez vos affaires; fais ton sac; faites vos sacs; fais ta valise; faites vos valises | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | change de maison; changez de maison; changer de logement; nouvelle maison ce soir; demenagez ce soir | people moved between dwellings by others | an ordinary move | guide 2019
movement | le chauffeur vous prend; le chauffeur te prend; le chauffeur passe; chauffeur vous amene; la camionnette vous prend | transport laid on, and controlled, by another | a taxi, a works minibus | guide 2019
money | compte mule; mule financière; mules financieres; prêter ton compte; prete ton compte; preter son compte; utiliser ton compte | an account lent to pass on money of unknown origin | a bank's warning; a favour in a family | guidance 2019
money | blanchir l'argent; blanchir; blanchiment; argent sale; argent propre | making the origin of money look lawful | bleaching, cooking; news | court 2014
money | en liquide; paye en liquide; de la main a la main | payment without a record | paying with coins and notes at a shop | guide 2014
money | prête-nom; prete-noms; a ton nom; mettre a ton nom | a name lent for an account, a flat or a firm | signing for a relative; a reservation in someone's name | court 2014
money | au noir; travail au noir; pas declare; non declare | work without a record | odd jobs among neighbours; a colour | guidance 2012
control | garder ton passeport; garde ton passeport; garde les passeports; garde les papiers; garde vos papiers; il a mon passeport; ont mon passeport; pris mon passeport; pris mes papiers | identity papers kept by another | a relative or travel agent keeping papers safe | guidance 2012
control | ne sors pas; ne sortez pas; interdit de sortir; pas le droit de sortir; restez dans la chambre; reste dans la chambre | movement that another person restricts | illness, weather, a rule for children | guidance 2012
control | ne parle à personne; ne parlez a personne; parle a personne; parlez a personne; dis rien a personne; dites rien a personne | contact that another person restricts | a surprise; a confidence among friends | guidance 2012
control | sait où tu habites; sais ou tu habites; sait ou habite; sait ou est ta famille; connait ta famille | a threat that names home or family | a delivery, a lift home, an acquaintance | court 2018
control | surveille les autres; surveiller les autres; surveille les pour moi; dis moi qui parle; dis-moi qui parle | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | efface les messages; efface tout; effacez tout; supprime les messages; supprime tout; change de puce; changer de puce; nouvelle puce; jette la puce | traces to be removed, a number given up | tidying up; a new contract; a broken phone | court 2018
`
);
