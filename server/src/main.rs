//! The one binary of the panel.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
