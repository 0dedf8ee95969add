// A Function of Twilio, for “a call comes in” of your numbers; the stack's gateway registers at a SIP domain of Twilio's.
// Environment variables: STACK_PASSWORD (TELEPHONE_PBX_PASSWORD of this stack's .env), GATEWAY (meet@your-domain.sip.twilio.com).
const stack = "https://meet.example.org/telephone/room";

/** The room of a PIN; null when none is open. */
async function roomOf(pin, password) {
  const authorization = `Basic ${Buffer.from(`pbx:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(stack, { method: 'POST', headers, body: `pin=${pin}` });
  return answer.ok ? answer.text() : null;
}

exports.handler = async (context, event, callback) => {
  const say = new Twilio.twiml.VoiceResponse();
  const pin = /^\d{10}$/.test(event.Digits ?? '') ? event.Digits : null;
  const room = pin && (await roomOf(pin, context.STACK_PASSWORD));
  if (room) {
    say.dial().sip(`sip:${context.GATEWAY}?X-Room-Name=${encodeURIComponent(room)}`);
  } else {
    if (event.Digits) say.say('There is no meeting with this PIN now.');
    say.gather({ numDigits: 10, timeout: 10 }).say('Please type the ten digits of your PIN.');
  }
  callback(null, say);
};
