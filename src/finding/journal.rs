//! Constructors of findings about the journal, one a code.
