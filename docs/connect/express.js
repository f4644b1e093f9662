// A product behind the gate of the panel, with Express. Needs Node 18 or newer, and nothing else.
//
// To fill in: the panel's address, the key, and who is signed in. The key names the customer by a header here
// (`header:X-Account`).

const panel = 'https://panel.example.com';
const key = 'pp_live_YOUR_KEY';

/** What a refused visitor gets of the panel's answer, beside the page itself. */
const passed = ['content-type', 'content-language', 'content-security-policy', 'cache-control', 'refresh'];

/**
 * Asks the panel before anything else is done. `account` tells the external id of the customer that a request is from,
 * out of the session that the product itself has checked; nothing that a visitor sends is believed.
 */
export function gate(account) {
  return async (request, response, next) => {
    const customer = account(request);
    if (!customer) return response.status(401).send('Sign in first.');
    let answer;
    try {
      answer = await fetch(`${panel}/gate`, {
        headers: {
          authorization: `Bearer ${key}`,
          'X-Account': customer,
          'x-forwarded-method': request.method,
          'x-forwarded-uri': request.originalUrl,
          accept: request.get('accept') ?? '*/*',
          'accept-language': request.get('accept-language') ?? '',
        },
        signal: AbortSignal.timeout(2_000),
      });
    } catch {
      return response.status(503).send('Please try again in a moment.');
    }
    // Nobody but the panel speaks for the panel.
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith('x-panel-')) delete request.headers[name];
    }
    if (answer.status === 204) {
      response.locals.panel = {
        status: answer.headers.get('x-panel-status'),
        plan: answer.headers.get('x-panel-plan'),
        limits: answer.headers.get('x-panel-limits'),
      };
      return next();
    }
    if (answer.status !== 403) {
      console.error(`the panel answers ${answer.status}: is the key right?`);
      return response.status(503).send('Please try again in a moment.');
    }
    for (const name of passed) {
      const value = answer.headers.get(name);
      if (value) response.set(name, value);
    }
    return response.status(403).send(Buffer.from(await answer.arrayBuffer()));
  };
}

// app.use(gate((request) => request.session.account));
