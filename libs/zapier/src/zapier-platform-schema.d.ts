declare module 'zapier-platform-schema' {
  /** What is wrong with an integration, by Zapier's own rules; empty when nothing is. */
  export function validateAppDefinition(definition: object): { errors: { property: string; message: string }[] };
}
