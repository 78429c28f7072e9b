/** Typed contexts: made by the layouts, read by views. No module holds a case. */
import { createContext } from 'svelte';
import type { OpenCase } from './open-case.svelte.ts';
import type { ThemeState } from './theme.svelte.ts';
import type { Workbench } from './workbench.svelte.ts';

/** The open case; only pages under /c/{id} have one. */
export const [openCase, setOpenCase] = createContext<OpenCase>();
export const [workbench, setWorkbench] = createContext<Workbench>();
export const [theme, setTheme] = createContext<ThemeState>();
