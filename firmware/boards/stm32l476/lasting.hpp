#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace stm32l476 {

/// A place for one object that, once made, is there for ever: nothing destroys it, so nothing has
/// to remember to. In static memory, which the linker counts.
template <typename Object>
class Lasting {
public:
    /// Due once.
    template <typename... Arguments>
    Object& make(Arguments&&... arguments) {
        return *std::construct_at(reinterpret_cast<Object*>(place_),
                                  std::forward<Arguments>(arguments)...);
    }

private:
    alignas(Object) std::byte place_[sizeof(Object)];
};

} // namespace stm32l476
