// The names under which the libraries import each other, for the boundary check: the same list as in tsconfig.json.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');
const { paths } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

module.exports = {
  resolve: {
    extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    alias: Object.fromEntries(Object.entries(paths).map(([name, [file]]) => [`${name}$`, path.join(root, file)])),
  },
};
