import type { AnswerVerb } from '../../../../shared/domain/reaching.ts';
import { verbCaptions } from '../../answer-words.ts';
import type { Dispatch } from '../../route-driver.ts';
import { buttonData, wordsOf } from '../messenger-words.ts';
import { waId, type WhatsappSetup } from './whatsapp-setup.ts';

/** Of the service: more buttons are refused; what a dispatcher waits for first stays. */
const mostButtons = 3;
const byNeed: readonly AnswerVerb[] = ['accepted', 'cannot', 'done', 'on-the-way', 'in-progress'];
/** Of a text, of what stands over buttons or under a picture, and of one place of a template. */
const most = { text: 4096, interactive: 1024, template: 900 };

export type Media = { readonly id: string; readonly mimeType: string; readonly fileName: string };
type Body = Readonly<Record<string, unknown>>;

function envelope({ address, uuid }: Dispatch): Body {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: waId(address),
    // Comes back with every status: what became of a message whose answer was lost is known by it.
    biz_opaque_callback_data: uuid,
  };
}

/** Free words; only within a day of the other's own last message. */
export function freeMessage(dispatch: Dispatch, media: Media | undefined): Body {
  const words = wordsOf(dispatch);
  const buttons = shown(dispatch.verbs);
  if (buttons.length > 0 && [...words].length <= most.interactive) {
    return {
      ...envelope(dispatch),
      type: 'interactive',
      interactive: {
        type: 'button',
        ...(media ? { header: { type: mediaType(media), [mediaType(media)]: mediaOf(media) } } : {}),
        body: { text: words },
        action: {
          buttons: buttons.map((verb) => ({
            type: 'reply',
            reply: { id: buttonData(dispatch.code, verb), title: verbCaptions[verb] },
          })),
        },
      },
    };
  }
  const how = buttons.length > 0 ? `\n\n${askedInWords(dispatch, buttons)}` : '';
  if (media && [...words, ...how].length <= most.interactive) {
    const type = mediaType(media);
    return { ...envelope(dispatch), type, [type]: { ...mediaOf(media), caption: words + how } };
  }
  return {
    ...envelope(dispatch),
    type: 'text',
    text: { body: `${cut(words, most.text - how.length)}${how}`, preview_url: false },
  };
}

/** Words that were approved before, with places for ours; line ends and runs of blanks are refused there. */
export function templateMessage(dispatch: Dispatch, setup: WhatsappSetup): Body {
  const words = cut(wordsOf(dispatch).replaceAll(/\s+/g, ' ').trim(), most.template);
  const verbs = byNeed.filter((verb) => dispatch.verbs.includes(verb)).slice(0, setup.templateButtons);
  return {
    ...envelope(dispatch),
    type: 'template',
    template: {
      name: setup.template,
      language: { code: setup.templateLanguage },
      components: [
        { type: 'body', parameters: [words, dispatch.code].map((text) => ({ type: 'text', text })) },
        ...verbs.map((verb, index) => ({
          type: 'button',
          sub_type: 'quick_reply',
          index: String(index),
          parameters: [{ type: 'payload', payload: buttonData(dispatch.code, verb) }],
        })),
      ],
    },
  };
}

function shown(verbs: readonly AnswerVerb[]): readonly AnswerVerb[] {
  const needed = byNeed.filter((verb) => verbs.includes(verb)).slice(0, mostButtons);
  return verbs.filter((verb) => needed.includes(verb));
}

function askedInWords({ code }: Dispatch, verbs: readonly AnswerVerb[]): string {
  return `Ответьте словом и кодом: ${verbs.map((verb) => `«${verbCaptions[verb]} ${code}»`).join(', ')}.`;
}

function mediaType({ mimeType }: Media): 'image' | 'video' | 'document' {
  if (mimeType === 'image/jpeg' || mimeType === 'image/png') return 'image';
  return mimeType === 'video/mp4' ? 'video' : 'document';
}

function mediaOf(media: Media): Body {
  return mediaType(media) === 'document' ? { id: media.id, filename: media.fileName } : { id: media.id };
}

function cut(text: string, signs: number): string {
  const all = [...text];
  return all.length <= signs ? text : `${all.slice(0, signs - 1).join('')}…`;
}
