// First thing in the page: the ways out that a policy leaves open are closed before any other code runs.
import { closeWaysOut } from '$lib/vault/lockdown.ts';
import { installDefaultPolicy } from '$lib/vault/trusted-types.ts';

closeWaysOut(globalThis);
installDefaultPolicy();
