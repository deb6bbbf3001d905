//! Whether a window can be opened here.

/// `Err` says why not.
pub fn check() -> Result<(), String> {
    if cfg!(any(target_os = "windows", target_os = "macos")) {
        return Ok(());
    }
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        Ok(())
    } else {
        Err("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).".into())
    }
}

/// What to tell a player whose machine has a display and no usable graphics driver.
pub const NO_GPU: &str = "No graphics adapter was found that can draw the clearing.\n\
    Install a Vulkan driver (on Debian and Ubuntu: mesa-vulkan-drivers; it has a software\n\
    renderer too), or run the demo with --headless to play in the terminal.";
