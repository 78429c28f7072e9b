/** CASE/UCO graphs. */
export const CASE_WORDS = {
  'case-too-large': {
    en: '{file} is over {most} bytes: a graph has to be read whole, and this one is not.',
    fr: '{file} dépasse {most} octets : un graphe doit être lu en entier, et celui-ci ne l’est pas.'
  },
  'case-no-json': {
    en: '{file} is damaged or cut off: it is no complete JSON, and a graph cannot be read in part.',
    fr: '{file} est endommagé ou coupé : ce n’est pas du JSON complet, et un graphe ne peut être lu en partie.'
  },
  'case-nodes': { en: 'Graph of {nodes} {nodes|node|nodes}', fr: 'Graphe de {nodes} {nodes|nœud|nœuds}' },
  'case-ask-zone': {
    en: 'Some times of the graph have no offset.',
    fr: 'Certaines heures du graphe n’ont pas de décalage.'
  },
  'case-ask-owner': {
    en: 'A graph does not say whose device its messages come from.',
    fr: 'Un graphe ne dit pas de quel appareil viennent ses messages.'
  }
} as const;
