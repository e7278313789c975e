// JSON schemas from the generated TypeScript interfaces of a kubernetes-models package, by the name under which each is exported.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const commentPattern = /\/\*\*[\s\S]*?\*\//g;
const tokenPattern = /"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?\d+|[{}[\]<>|;:?()]/g;

/** A cluster writes the status of an object and who manages its fields; a manifest never does. */
const writtenByTheCluster = new Set(['status', 'managedFields']);

/** One type at a time: `Array<T>`, `{ [key: string]: T }`, `{ "field"?: T; }`, literals, unions, and names. */
class TypeReader {
  constructor(text) {
    this.tokens = text.match(tokenPattern) ?? [];
  }

  take(expected) {
    const token = this.tokens.shift();
    if (expected && token !== expected) throw new Error(`${expected} expected, found ${token}`);
    return token;
  }

  type() {
    const choices = [this.single()];
    while (this.tokens[0] === '|') {
      this.take('|');
      choices.push(this.single());
    }
    if (choices.length === 1) return choices[0];
    return choices.every((choice) => choice.enum) ? { enum: choices.flatMap((choice) => choice.enum) } : { anyOf: choices };
  }

  single() {
    const token = this.take();
    if (token === '{') return this.body();
    if (token === '(') {
      const inner = this.type();
      this.take(')');
      return inner;
    }
    if (token.startsWith('"')) return { enum: [JSON.parse(token)] };
    if (/^-?\d+$/.test(token)) return { enum: [Number(token)] };
    if (['string', 'number', 'boolean'].includes(token)) return { type: token };
    if (['any', 'unknown', 'object', 'null'].includes(token)) return {};
    if (token !== 'Array') return { $ref: `#/$defs/${token.replace(/^I/, '')}` };
    this.take('<');
    const items = this.type();
    this.take('>');
    return { type: 'array', items };
  }

  /** After the opening brace. */
  body() {
    const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
    while (this.tokens[0] !== '}') {
      if (this.tokens[0] === '[') {
        this.tokens.splice(0, this.tokens.indexOf(']') + 1);
        this.take(':');
        schema.additionalProperties = this.type();
      } else {
        const name = JSON.parse(this.take());
        const optional = this.tokens[0] === '?' && this.take('?');
        this.take(':');
        const type = this.type();
        if (!writtenByTheCluster.has(name)) {
          schema.properties[name] = type;
          if (!optional) schema.required.push(name);
        }
      }
      if (this.tokens[0] === ';') this.take(';');
    }
    this.take('}');
    return schema;
  }
}

/** The interfaces of several packages that refer to each other; each described schema refuses fields it does not name. */
export function interfaceSchemas(packageFolders) {
  const found = {};
  const parents = {};
  for (const folder of packageFolders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts') && !file.endsWith('index.d.ts') && !file.includes('_schemas'));
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8').replace(commentPattern, '');
      const exported = /export type \{ \w+ as I(\w+)/.exec(text)?.[1];
      const declared = /export interface \w+(?: extends (\w+))? (\{[\s\S]*?\n\})/.exec(text);
      const body = declared?.[2] ?? /export type I\w+ = ([\s\S]*?);\nexport/.exec(text)?.[1];
      if (!exported || !body) continue;
      if (declared?.[1] && declared[1] !== 'TypeMeta') parents[exported] = declared[1].replace(/^I/, '');
      found[exported] = new TypeReader(body).type();
    }
  }
  for (const [child, parent] of Object.entries(parents)) {
    if (!found[parent]) throw new Error(`${child} extends ${parent}, which is not described`);
    found[child].properties = { ...found[parent].properties, ...found[child].properties };
    found[child].required.push(...found[parent].required);
  }
  return found;
}
