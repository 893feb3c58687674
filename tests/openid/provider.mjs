// An independent OpenID provider: npm's oidc-provider, with two pages on which a person signs in, or does not.
// Usage: node provider.mjs PORT REDIRECT_URI MODULES. Prints "ready" once it listens; ends when its input is closed.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, redirectUri, modules] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(createRequire(`${modules}/`).resolve('oidc-provider')));
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  acrValues: ['loa-1', 'loa-2'],
  clients: [{
    client_id: 'portal',
    client_secret: 'demo+Client/Secret 2026',
    redirect_uris: [redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  cookies: { keys: ['only-for-tests'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
  ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 300, AccessToken: 300 },
});

const page = `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in at the provider</h1>
<form method="post"><label>Account <input name="account"></label>
<label>Strength <select name="acr"><option>loa-2</option><option>loa-1</option></select></label>
<button>Sign in</button><button name="refuse" value="yes">Refuse</button></form>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = page;
    return undefined;
  }
  let body = '';
  for await (const part of ctx.req) body += part;
  const typed = new URLSearchParams(body);
  const result = typed.get('refuse')
    ? { error: 'access_denied', error_description: 'refused' }
    : { login: { accountId: typed.get('account'), acr: typed.get('acr') } };
  return provider.interactionFinished(ctx.req, ctx.res, result);
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.on('close', () => process.exit(0)).resume();
