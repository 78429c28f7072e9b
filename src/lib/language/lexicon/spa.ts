/** Spanish terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const SPANISH = readTerms(
  'spa',
  '2026-11-25',
  `
line | punto de droga; puntos de droga; punto de venta de droga | a fixed place where drugs are sold | a news item; a neighbour's complaint | guidance 2015
line | narcopiso; narcopisos | a flat from which drugs are sold | a news item; a neighbour's complaint | court 2018
line | menudeo; al menudeo; trapicheo; trapichear; trapichea; trapicheando | selling drugs in small amounts | retail trade; petty bargaining | court 2014
line | camello; camellos | someone who sells drugs | the animal | glossary 2012
line | la mercancía; de la mercancia; llega la mercancia; tu mercancia | drugs, or people, spoken of as goods | goods of a shop or warehouse | court 2014
line | fiado; al fiado; me fias; te fio | drugs handed over against later payment | shop credit among neighbours | glossary 2012
line | aguador; aguadores; dar el agua; da el agua; dar el queo | keeping watch for a dealing point | someone who carries water | court 2014
line | vuelco; vuelcos; un vuelco | taking drugs from another group by force | an overturned car; a turn of events | court 2014
line | bajada de precio; dos por quince; tres por veinte | the price of deals, as broadcasts name it | a shop offer | court 2018
debt | pagar el viaje; pagar lo del viaje; deuda del viaje; debes el viaje; debes el pasaje; pagar el pasaje | a debt for the journey that was laid on a worker | friends or relatives settling who paid for tickets | guidance 2012
debt | tu deuda; la deuda sube; pagar la deuda; deuda pendiente; su deuda; cuanto debo todavia; todavia debes | a debt by which a person is held | a bank loan; household money; news | guidance 2012
debt | te descuento; te lo descuento; descuento del sueldo; descuento de la paga; descontamos; te descuentan; me descuentan; descontado del sueldo | pay that is kept back for rent, transport or fines | a lawful deduction; a shop's discount | guidance 2012
debt | trabajar para pagar; trabajas para pagar; trabajar hasta pagar; hasta que pagues; hasta que paguen | working without pay against a debt that another reckons | anyone who works to repay a loan | guidance 2012
debt | pagar los papeles; pagar por los papeles; arreglar los papeles; dinero de los papeles; pagar por el trabajo | money asked of a worker for papers or a job | a lawyer's or an office's fees | guidance 2012
debt | te multo; hay multa; multa por llegar tarde; multa de 50; multa 50 | penalties in money laid on workers | a parking fine | guidance 2012
debt | piso patera; pisos patera; cama caliente; camas calientes | many people put up in one unfit dwelling | a news item; a tenants' complaint | guidance 2010
movement | coyote; coyotes; pollero; polleros | someone who brings people over a border for money | the animal; a poulterer | court 2012
movement | patera; pateras; en patera | an irregular crossing by sea | a news item; a small boat | guidance 2012
movement | cruzar la frontera; cruzan la frontera; pasar gente; pasa gente; traer gente; traigo gente; traemos gente; mando gente | bringing people over a border, or to work elsewhere | a family trip; bringing friends along | court 2015
movement | recoge tus cosas; recoged las cosas; recojan sus cosas; haz la maleta; hagan la maleta; haced la maleta; prepara tus cosas | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | cambiamos de casa; cambian de casa; cambiais de casa; otra casa hoy; otra casa esta noche; se mudan hoy; os mudais | people moved between dwellings by others | an ordinary move | guide 2019
movement | la furgo sale; la furgoneta sale; la furgo pasa; la furgoneta pasa; os recoge la furgo; el conductor os recoge | transport laid on, and controlled, by another | a works minibus, a lift | guide 2019
money | mula bancaria; mulas bancarias; presta tu cuenta; prestame tu cuenta; prestar la cuenta; usar tu cuenta | an account lent to pass on money of unknown origin | a bank's warning; a favour in a family | guidance 2019
money | blanquear; blanqueo; blanqueo de dinero; lavar dinero; lavar la plata; dinero negro | making the origin of money look lawful | whitening, painting; news | court 2014
money | a tu nombre; poner a tu nombre; testaferro; testaferros | a name lent for an account, a flat or a firm | a reservation or a letter in someone's name | court 2014
money | en negro; sin contrato; sin alta; sin papeles | work without a record | odd jobs among neighbours; a colour; a phone without a contract | guidance 2012
money | mandar el giro; manda el giro; hacer un giro; girar la plata; gira la plata | sending money on by order of another | an ordinary remittance to a family | guide 2014
control | tengo tu pasaporte; guardo tu pasaporte; dame el pasaporte; dadme los pasaportes; me quito el pasaporte; tiene mi pasaporte; tienen mi pasaporte; se quedo con mi pasaporte | identity papers kept by another | a relative or travel agent keeping papers safe | guidance 2012
control | no salgas; no salgan; no salgais; prohibido salir; no podeis salir; no pueden salir | movement that another person restricts | illness, weather, a rule for children | guidance 2012
control | no hables con nadie; no hablen con nadie; no hableis con nadie; no digas nada; no digan nada; no digais nada | contact that another person restricts | a surprise; a confidence among friends | guidance 2012
control | sabemos donde vive; sabemos donde vives; se donde vives; sabemos donde esta tu familia; se donde vive tu familia | a threat that names home or family | a delivery, a lift home, an acquaintance | court 2018
control | vigila a los otros; vigila a los demas; vigilar a los demas; avisame si hablan; dime quien habla | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | borra los mensajes; borra todo; borren todo; borrad todo; cambia de chip; chip nuevo; tira el chip; tira la tarjeta | traces to be removed, a number given up | tidying up; a new contract; a broken phone | court 2018
`
);
