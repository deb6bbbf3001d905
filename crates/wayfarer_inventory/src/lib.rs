//! Wayfarer's items: instances as plain data, compartments, loads, moves that never lose or copy anything
