/** Portuguese terms. See [Note: Lexicon]. */
import { readTerms } from './entry.ts';

export const PORTUGUESE = readTerms(
  'por',
  '2026-11-25',
  `
line | boca de fumo; bocas de fumo; na boca de fumo | a fixed place where drugs are sold | a news item; a neighbour's complaint | court 2012
line | biqueira; biqueiras | a fixed place where drugs are sold | the toe of a shoe; a spout | glossary 2014
line | aviãozinho; aviõezinhos; aviaozinhos | a young person who carries drugs or orders | a toy or paper plane | court 2012
line | olheiro; olheiros; fogueteiro; fogueteiros | keeping watch for a dealing point | a football scout; someone who makes fireworks | court 2012
line | passar produto; passar o produto; passa o produto; produto chegou; chegou o produto | drugs spoken of as goods | goods of a shop; a cleaning product | court 2014
line | fiado; no fiado; vender fiado; compra fiado | drugs handed over against later payment | shop credit among neighbours | glossary 2012
line | dois por quinze; tres por vinte; duas por quinze | the price of deals, as broadcasts name it | a shop offer | court 2018
line | tu ficas com o saco; guarda isto para mim; guarda me isto; guarda isso pra mim | being asked to keep drugs, cash or a weapon for another | looking after a bag or a parcel | guide 2019
debt | pagar a viagem; divida da viagem; deves a viagem; pagar a passagem; deves a passagem; divida do bilhete | a debt for the journey that was laid on a worker | friends or relatives settling who paid for tickets | guidance 2012
debt | tua dívida; a tua divida; sua divida; pagar a divida; a divida sobe; quanto devo ainda; ainda deves | a debt by which a person is held | a bank loan; household money; news | guidance 2012
debt | vou descontar; desconto no salario; descontado no salario; desconto da paga; desconto te; descontam me; descontou me | pay that is kept back for rent, transport or fines | a lawful deduction; a shop's discount | guidance 2012
debt | trabalhar para pagar; trabalhas para pagar; ate pagares; ate pagar tudo; ate pagarem | working without pay against a debt that another reckons | anyone who works to repay a loan | guidance 2012
debt | pagar os papeis; pagar os documentos; tratar dos papeis; dinheiro dos papeis; pagar pelo trabalho | money asked of a worker for papers or a job | a lawyer's or an office's fees | guidance 2012
debt | levas multa; leva multa; ha multa; multa por atraso; multa de 50; multa 50 | penalties in money laid on workers | a parking fine | guidance 2012
debt | angariador; angariadores; angariar gente; angaria gente | someone who finds workers for others and takes a share | someone who raises funds or finds members | guidance 2012
debt | senhorio desconta; renda descontada; desconta a renda; a renda sai da paga | lodging tied to the work and taken from the pay | a flat share that was agreed | guidance 2012
movement | coiote; coiotes; passador; passadores | someone who brings people over a border for money | the animal; a strainer, a hair clip | court 2012
movement | passar a fronteira; passam a fronteira; atravessar a fronteira; trazer gente; trago gente; trazer pessoal; mando gente; mando pessoal | bringing people over a border, or to work elsewhere | a family trip; bringing friends along | court 2015
movement | arruma as coisas; arrumem as coisas; arruma as tuas coisas; faz a mala; facam as malas; pega nas tuas coisas; preparem as coisas | being moved at short notice by someone else's decision | a holiday, a house move, a school trip | guide 2019
movement | mudam hoje; mudam de casa; mudamos de casa; outra casa hoje; outra casa esta noite; levar os rapazes; leva os rapazes | people moved between dwellings by others | an ordinary move | guide 2019
movement | a carrinha sai; a carrinha passa; carrinha passa as; a carrinha apanha; o motorista apanha; a van pega | transport laid on, and controlled, by another | a works minibus, a lift | guide 2019
money | emprestar a conta; empresta a conta; usar a tua conta; mete na tua conta; mula de dinheiro; mulas de dinheiro | an account lent to pass on money of unknown origin | a bank's warning; a favour in a family | guidance 2019
money | lavar dinheiro; lavagem de dinheiro; dinheiro sujo; dinheiro limpo | making the origin of money look lawful | a note left in a pocket; news | court 2014
money | conta laranja; conta de laranja; ser laranja; testa de ferro; em teu nome; no teu nome | a name lent for an account, a flat or a firm | a reservation or a letter in someone's name | court 2014
money | sem contrato; sem recibo; por fora; sem descontos | work without a record | odd jobs among neighbours; a phone without a contract | guidance 2012
money | dinheiro vivo; em dinheiro vivo; so dinheiro na mao; dinheiro em mao | payment without a record | paying with notes at a shop | guide 2014
control | fico com o passaporte; ficou com o passaporte; ficou com o meu passaporte; da me o passaporte; tem o meu passaporte; tirou me o passaporte; passaportes ficam comigo | identity papers kept by another | a relative or travel agent keeping papers safe | guidance 2012
control | não saias; nao saiam; proibido sair; nao podem sair; nao podes sair; fica no quarto; fiquem no quarto | movement that another person restricts | illness, weather, a rule for children | guidance 2012
control | não fales com ninguém; nao falem com ninguem; nao digas nada; nao digam nada; bico calado | contact that another person restricts | a surprise; a confidence among friends | guidance 2012
control | sei onde moras; sabemos onde moras; sabemos onde mora; sei onde vive a tua familia; sabemos da tua familia | a threat that names home or family | a delivery, a lift home, an acquaintance | court 2018
control | vigia os outros; vigiar os outros; fica de olho neles; diz me quem fala | one person made to report on the others | a supervisor's, teacher's or parent's request | guide 2020
control | apaga as mensagens; apaga tudo; apaguem tudo; muda de chip; troca de chip; muda de cartao; deita fora o cartao | traces to be removed, a number given up | tidying up; a new contract; a broken phone | court 2018
`
);
