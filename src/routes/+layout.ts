// Everything happens in the browser: no page is rendered anywhere else.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';
