import type { VariableValue } from '../../protocol/entities.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';

const shown = 4;

/** What is left of a value that nobody needs in full: its last characters, and of a short one none. */
export function maskValue(value: VariableValue): string {
  const characters = [...String(value)];
  return characters.length > 2 * shown ? `•••• ${characters.slice(-shown).join('')}` : '••••';
}

/** Before they are kept anywhere: what is masked here is in no log, no search, no export. */
export function maskVariables<Variable extends { readonly name: string; readonly value: VariableValue }>(
  variables: readonly Variable[],
  settings: Pick<SiteSettings, 'variables'>,
): Variable[] {
  const masked = new Set(settings.variables.filter((one) => one.masked).map(({ name }) => name));
  return variables.map((one) => (masked.has(one.name) ? { ...one, value: maskValue(one.value) } : one));
}
