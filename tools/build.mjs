// Compiles the TypeScript of apps, libs and tools into dist with swc; only what changed since the last build.
// Rules, migrations and pages are read from the source tree and are not copied.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './prepare.mjs';

const dist = join(root, 'dist');
const manifestFile = join(dist, '.built.json');

function sources() {
  return ['apps', 'libs', 'tools'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/[.-]spec\.ts$|\.d\.ts$/.test(name))
      .map((name) => join(top, name)),
  );
}

function compilerStamp() {
  const { version } = createRequire(import.meta.url)('@swc/core/package.json');
  return `${version} ${readFileSync(join(root, '.swcrc'), 'utf8')}`;
}

function readManifest(compiler) {
  try {
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
    return manifest.compiler === compiler ? manifest.files : {};
  } catch {
    return {};
  }
}

const outputOf = (source) => join(dist, source.replace(/\.ts$/, '.js'));

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
}

async function compile(swc, source) {
  const output = outputOf(source);
  const { code, map } = await swc.transformFile(join(root, source), { cwd: root, configFile: join(root, '.swcrc'), outputPath: dirname(output), jsc: { baseUrl: root } });
  write(output, `${code}\n//# sourceMappingURL=${output.split(/[\\/]/).at(-1)}.map\n`);
  if (map) write(`${output}.map`, map);
}

/** Answers how many files were compiled. */
export async function build() {
  const { default: swc } = await import('@swc/core');
  const compiler = compilerStamp();
  const before = readManifest(compiler);
  const now = Object.fromEntries(sources().map((source) => [source, statSync(join(root, source)).mtimeMs]));
  const stale = Object.keys(now).filter((source) => before[source] !== now[source]);
  const gone = Object.keys(before).filter((source) => !(source in now));
  if (Object.keys(before).length === 0) rmSync(dist, { recursive: true, force: true });
  for (const source of gone) for (const suffix of ['', '.map']) rmSync(outputOf(source) + suffix, { force: true });
  await Promise.all(stale.map((source) => compile(swc, source)));
  if (stale.length + gone.length > 0) write(manifestFile, JSON.stringify({ compiler, files: now }));
  return stale.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(`编译 / build: ${await build()} files`);
}
