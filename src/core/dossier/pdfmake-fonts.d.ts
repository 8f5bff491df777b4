/** The face that pdfmake brings; its types forget the files. */
declare module 'pdfmake/fonts/Roboto.js' {
  const fonts: {
    readonly Roboto: {
      readonly normal: string;
      readonly bold: string;
      readonly italics: string;
      readonly bolditalics: string;
    };
  };
  export default fonts;
}
