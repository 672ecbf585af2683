/**
 * The secrets that a process of Threadline is given: those of the environment, or else those kept in the data folder.
 * @param {Record<string, string | undefined>} env
 * @param {import('./data-folder.mjs').DataFolder} folder
 */
export function secretsOf(env, folder) {
  if (env.APP_SECRET) return { APP_SECRET: env.APP_SECRET, APP_SECRET_PREVIOUS: env.APP_SECRET_PREVIOUS ?? '' };
  return { APP_SECRET: folder.appSecret(), APP_SECRET_PREVIOUS: folder.previousSecrets().join(',') };
}
