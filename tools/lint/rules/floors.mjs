import { FLOORS, TESTS } from '../house.mjs';
import { everyImport, target, workspacePath } from '../workspace.mjs';

/** Nobody imports upwards, equals do not know each other, and a folder is entered through its index. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upward:
        '{{from}} may not import {{to}}: it stands above. Let it happen as a reaction, or move what both need down.',
      sideways: '{{from}} and {{to}} do not know each other: move what both need to a floor below.',
      door: 'Import from "{{index}}", the face of that folder, and not from a file inside it.',
    },
  },
  create(context) {
    const file = workspacePath(context.filename);
    const from = placeOf(file);
    if (!from) return {};
    const isTest = TESTS.test(file);
    return everyImport((node, specifier, { lazy }) => {
      if (!specifier.startsWith('.')) return;
      const path = target(file, specifier);
      const to = placeOf(path);
      if (!to || to.app !== from.app) return;
      const say = (messageId, data) => context.report({ node, messageId, data });
      if (to.height > from.height && !isTest) say('upward', { from: from.label, to: to.label });
      else if (to.height === from.height && to.each && to.label !== from.label && !isTest) {
        say('sideways', { from: from.label, to: to.label });
      } else if (!lazy && to.folder && to.folder !== from.folder && !isDoor(path, to)) {
        say('door', { index: to.folder });
      }
    });
  },
};

function isDoor(path, { folder, wide }) {
  return path === folder || (wide && !path.slice(folder.length + 1).includes('/'));
}

/**
 * Where a path stands: how high, and in which folder that is entered through its index only.
 * @param {string} path
 */
function placeOf(path) {
  for (const { app, floors } of FLOORS) {
    for (const [height, floor] of floors.entries()) {
      if (path !== floor.path && !path.startsWith(`${floor.path}/`)) continue;
      const folder = folderOf(path, floor);
      const label = floor.each && folder ? folder.slice(folder.lastIndexOf('/') + 1) : floor.name;
      return { app, height, each: Boolean(floor.each), wide: Boolean(floor.wide), folder, label };
    }
  }
  return null;
}

function folderOf(path, floor) {
  if (floor.name === 'the application') return null;
  if (!floor.each && !floor.folders) return floor.path;
  const [first] = path.slice(floor.path.length + 1).split('/');
  return first && !first.endsWith('.ts') ? `${floor.path}/${first}` : null;
}
