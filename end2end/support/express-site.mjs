/** A small site with Express behind the recipe in the file that the first argument names, at the port that the second does. */

import { pathToFileURL } from 'node:url';
import express from 'express';

const [, , recipe, port] = process.argv;
const { gate } = await import(pathToFileURL(recipe).href);

const app = express();
// Who is signed in: here whoever the visitor says.
app.use(gate((request) => request.get('x-signed-in')));
app.get('/', (request, response) => {
  const { status, plan } = response.locals.panel;
  const sent = request.get('x-panel-plan') ?? 'nothing';
  response.send(`<!doctype html><html lang="en"><title>Site</title><h1>Inside</h1><p>${status}, ${plan}; sent: ${sent}</p></html>`);
});
app.listen(Number(port), '127.0.0.1');
