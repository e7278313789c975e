// The policy library never reads a clock, a random number or its surroundings: the same data and day give the same answer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import swc from '@swc/core';

const surroundings = new Set(['process', 'performance', 'crypto', 'globalThis', 'global', 'require', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'console']);
const impureMembers = new Set(['Date.now', 'Math.random', 'Temporal.Now']);

function impurityOf(node) {
  switch (node.type) {
    case 'MemberExpression': {
      const name = `${node.object.value}.${node.property.value}`;
      return impureMembers.has(name) ? name : undefined;
    }
    case 'NewExpression':
      return node.callee.value === 'Date' && !node.arguments?.length ? 'new Date()' : undefined;
    case 'CallExpression':
      return node.callee.value === 'Date' ? 'Date()' : undefined;
    case 'Identifier':
      return surroundings.has(node.value) ? node.value : undefined;
    default:
      return undefined;
  }
}

/** A name after a dot, or the name of a property, is no variable. */
function isName(part, node) {
  return (part === 'property' || part === 'key') && node?.type === 'Identifier';
}

function* impurities(node) {
  if (node === null || typeof node !== 'object') return;
  const found = impurityOf(node);
  if (found) yield found;
  for (const [part, child] of Object.entries(node)) if (!isName(part, child)) yield* impurities(child);
}

/** One sentence per impurity in the sources below the folder; specs may do as they like. */
export function findImpurities(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !/[.-]spec\.ts$/.test(name));
  return files.flatMap((file) => {
    const module = swc.parseSync(readFileSync(join(folder, file), 'utf8'), { syntax: 'typescript', decorators: true });
    return [...new Set(impurities(module))].map((name) => `${join(folder, file)}: ${name} does not belong in the policy; take the day or the instant as an argument`);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const complaints = findImpurities(process.argv[2] ?? 'libs/policy/src');
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}
