/** The inner loop of the layout, which the package exports without types. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  export default function iterate(
    settings: Readonly<Record<string, number | boolean>>,
    nodes: Float32Array,
    edges: Float32Array
  ): void;
}
declare module 'graphology-layout-forceatlas2/helpers.js' {
  import type Graph from 'graphology';
  const helpers: {
    graphToByteArrays(graph: Graph, weight: () => number): { nodes: Float32Array; edges: Float32Array };
  };
  export default helpers;
}
