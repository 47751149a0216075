#include "host/personalization/person_record_schema.hpp"

#include <iostream>

/// Prints the schema of a person's record: what host/personalization/person_record.schema.json is
/// made with.
int main() { std::cout << personalization::person_record_schema(); }
