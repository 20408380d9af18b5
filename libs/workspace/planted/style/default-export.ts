// finds: no-restricted-syntax Export by name
export default 1;
