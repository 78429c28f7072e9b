/**
 * Everyday lines of our own, none from a case, on which this device is measured and a translation worker is made ready.
 * Each differs from the others, so that the translation memory cannot answer.
 */
export const EVERYDAY_LINES: readonly string[] = [
  'Ne vedem mâine la opt lângă gară.',
  'A plătit deja pentru luna asta?',
  'Spune-i să aducă pâine și lapte.',
  'Autobuzul întârzie iar din cauza ploii.',
  '¿A qué hora sales del trabajo hoy?',
  'Mi hermana llega el sábado por la mañana.',
  'No encuentro las llaves de la casa.',
  'Compra arroz y un poco de aceite.',
  'O jogo começa às nove da noite.',
  'Amanhã tenho de acordar muito cedo.',
  'A minha mãe fez sopa de legumes.',
  'Vou deixar o carro perto da escola.',
  'On se retrouve devant la boulangerie.',
  'Le train de midi est encore en retard.',
  'Tu peux garder les enfants ce soir ?',
  "J'ai oublié mon parapluie au bureau.",
  'Ci vediamo domani davanti al mercato.',
  'La lavatrice fa di nuovo rumore.',
  'Ho comprato due biglietti per la partita.',
  'Mio padre arriva con il treno delle sei.'
];
