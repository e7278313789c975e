// Runs TypeScript of this repository directly: compiles with swc on loading, by the settings of `.swcrc`.
const path = require('node:path');
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const root = path.join(__dirname, '..');
const settings = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
delete settings.$schema;
settings.jsc.baseUrl = root;

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...settings, filename, swcrc: false, sourceMaps: 'inline' });
  module._compile(code, filename);
};
