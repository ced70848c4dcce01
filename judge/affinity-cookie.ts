/**
 * Cookies of what stands in front of an API: they say which machine answers, or whether a browser asks, and not who it is.
 * AWS (load balancer), Azure (App Service, Application Gateway), Google Cloud, F5 (BIG-IP, its firewall), Citrix, Cloudflare, Imperva,
 * Akamai, HAProxy and ingress-nginx as their manuals set them up. A name such as JSESSIONID is that of a session, and none of them.
 */
const NAMES =
  /^(?:AWSALB(?:TG)?(?:CORS)?|AWSALBAPP-\d|AWSELB(?:CORS)?|ARRAffinity(?:SameSite)?|ApplicationGatewayAffinity(?:CORS)?|GCLB|GCILB|BIGipServer.*|TS[0-9a-f]{6,}(?:_\d+)?|NSC_.*|citrix_ns_id.*|__cf_bm|__cflb|_cfuvid|__cfruid|__cfseq.*|cf_clearance|incap_ses_.*|visid_incap_.*|nlbi_.*|ak_bmsc|bm_(?:sz|sv|mi|s|so|ss)|_abck|SERVERID|SRVNAME|INGRESSCOOKIE|(?:ingress-)?route)$/i;

/** Attributes that take a cookie away: nothing is kept of it (RFC 6265 §5.3). */
const REMOVED =
  /;\s*max-age\s*=\s*"?-?0*"?\s*(?:;|$)|;\s*max-age\s*=\s*-\d|;\s*expires\s*=\s*[^;]*\b(?:19\d\d|200\d)\b/i;

/** Whether a Set-Cookie value may establish a session: it neither takes a cookie away nor is of a balancer in front of the API. */
export function mayBeSession(value: string): boolean {
  const [name = ''] = value.split('=', 1);
  return !NAMES.test(name.trim()) && !REMOVED.test(value);
}
