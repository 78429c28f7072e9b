/** Made by tools/bergamot-glue.ts. */
declare module 'virtual:bergamot-glue' {
  const glue: (module: object) => void;
  export default glue;
}
