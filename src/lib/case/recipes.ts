/**
 * Named recipes of this device: how columns of a kind of table are read. They hold headers and roles, no rows, so they
 * may stand outside a case.
 */
import { parseRecipe, type Recipe } from '../formats/phone-csv/recipe.ts';

const KEY = 'skein.recipes';

/** Saved recipes that can still be read; what an older version left unreadable is skipped. */
export function savedRecipes(): Recipe[] {
  const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((value: unknown) => {
    const parsed = parseRecipe(value);
    return 'recipe' in parsed ? [parsed.recipe] : [];
  });
}

/** Saves under the recipe's id: the same kind of table has the same id and is replaced. */
export function saveRecipe(recipe: Recipe): void {
  localStorage.setItem(KEY, JSON.stringify([...savedRecipes().filter((other) => other.id !== recipe.id), recipe]));
}
