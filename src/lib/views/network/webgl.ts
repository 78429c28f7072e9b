/** Whether WebGL works here: policy and drivers of locked-down laptops may withhold it. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return false;
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return true;
}
