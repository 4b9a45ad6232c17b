/** The product's mark: a cube, drawn with the text's colour scheme in mind. */
export function Logo(): React.JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="logo">
      <path fill="var(--logo-body)" d="M16 2 28 9v14l-12 7L4 23V9z" />
      <path fill="#fff" fillOpacity=".92" d="m16 5.5 9 5.2-9 5.2-9-5.2z" />
      <path fill="#fff" fillOpacity=".5" d="M15.2 17.3v10.1l-8.7-5V12.3z" />
      <path fill="#fff" fillOpacity=".22" d="M16.8 17.3v10.1l8.7-5V12.3z" />
    </svg>
  );
}
