// Reads a PDF from standard input with a reader of its own and answers its pages as JSON. A process apart, because the reader
// is loaded as an ECMAScript module.
import { getDocumentProxy } from 'unpdf';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
const pages = [];
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const words = items.filter(({ str }) => str.trim() !== '').map(({ str, width: length, transform }) => ({ text: str, x: transform[4], y: height - transform[5], length }));
  pages.push({ width, height, words });
}
process.stdout.write(JSON.stringify(pages));
