//! Constructors of findings about the plan, one a code.
