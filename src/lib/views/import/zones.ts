/** Zones to choose from: the assumed one and UTC first, then all that this browser knows. */
export function zoneNames(assumed: string): string[] {
  return [...new Set([assumed, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
