//! Between SQLite and the operating system: SQLite's own VFS, with a few of its functions led through here.
//!
//! A file of a watched folder is opened by SQLite's own VFS into the memory that SQLite provides. Then its table of
//! functions is replaced by a copy in which reading, writing, cutting, syncing, pragmas and closing come here first and
//! go on to the function that stood there before.

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::sync::{LazyLock, Mutex, Once, OnceLock};

use libsqlite3_sys as ffi;

use crate::disk::{Deed, Kind, Op, Shared, Trouble, locked, watched};

/// The VFS that was the default before.
struct Original(*mut ffi::sqlite3_vfs);
// SAFETY: SQLite's VFS objects live as long as the process, do not change, and are used from all threads.
unsafe impl Send for Original {}
// SAFETY: as above.
unsafe impl Sync for Original {}

static ORIGINAL: OnceLock<Original> = OnceLock::new();

/// An open file of a watched folder.
#[derive(Clone)]
struct Open {
    disk: Shared,
    name: String,
    kind: Kind,
    before: &'static ffi::sqlite3_io_methods,
}

/// By the address of SQLite's file object.
static OPEN: LazyLock<Mutex<HashMap<usize, Open>>> = LazyLock::new(Mutex::default);

/// Makes this the default VFS of the process, once.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: finding and registering a VFS are allowed at any time from any thread. Both objects live as long as the
        // process: SQLite's own does anyway, the copy is leaked.
        let done = unsafe {
            ffi::sqlite3_initialize();
            let original = ffi::sqlite3_vfs_find(ptr::null());
            assert!(!original.is_null(), "SQLite has no VFS");
            let mut copy = Box::new(*original);
            copy.zName = c"test-disk".as_ptr();
            copy.pNext = ptr::null_mut();
            copy.xOpen = Some(open);
            copy.xDelete = Some(delete);
            let _ = ORIGINAL.set(Original(original));
            ffi::sqlite3_vfs_register(Box::leak(copy), 1)
        };
        assert_eq!(done, ffi::SQLITE_OK, "SQLite accepts no other VFS");
    });
}

fn original() -> *mut ffi::sqlite3_vfs {
    ORIGINAL.get().map_or(ptr::null_mut(), |vfs| vfs.0)
}

/// The disk and the name of a file in a watched folder.
///
/// # Safety
/// `path` is null or a C string.
unsafe fn place(path: *const c_char) -> Option<(Shared, String)> {
    if path.is_null() {
        return None;
    }
    // SAFETY: not null, and promised by the caller.
    let path = Path::new(unsafe { CStr::from_ptr(path) }.to_str().ok()?);
    let name = path.file_name()?.to_str()?.to_owned();
    Some((watched(path.parent()?)?, name))
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    path: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let vfs = original();
    // SAFETY: `vfs` is SQLite's own and complete; the arguments are handed on as they came, and the file object has the size
    // that it asks for, which was copied from it.
    let code = unsafe {
        match (*vfs).xOpen {
            Some(open) => open(vfs, path, file, flags, flags_out),
            None => ffi::SQLITE_CANTOPEN,
        }
    };
    if code != ffi::SQLITE_OK {
        return code;
    }
    let kind = match flags {
        flags if flags & ffi::SQLITE_OPEN_MAIN_DB != 0 => Kind::Database,
        flags if flags & ffi::SQLITE_OPEN_WAL != 0 => Kind::Wal,
        _ => return code,
    };
    // SAFETY: SQLite passes a C string, or null for a temporary file.
    let Some((disk, name)) = (unsafe { place(path) }) else {
        return code;
    };
    // SAFETY: after a successful open the file object is valid and its functions are those of SQLite's own VFS, which are
    // statics. Nobody else knows the object yet.
    unsafe {
        let before: &'static ffi::sqlite3_io_methods = &*(*file).pMethods;
        let open = Open {
            disk,
            name,
            kind,
            before,
        };
        locked(&OPEN).insert(file as usize, open);
        (*file).pMethods = led_through_here(before);
    }
    code
}

/// The table of functions for a watched file. It outlives the file, as SQLite's own tables do; tests open few.
fn led_through_here(before: &ffi::sqlite3_io_methods) -> &'static ffi::sqlite3_io_methods {
    Box::leak(Box::new(ffi::sqlite3_io_methods {
        xClose: Some(close),
        xRead: Some(read),
        xWrite: Some(write),
        xTruncate: Some(truncate),
        xSync: Some(sync),
        xFileControl: Some(file_control),
        ..*before
    }))
}

/// What is known of a file that was opened here, and not closed yet.
fn opened(file: *mut ffi::sqlite3_file) -> Option<Open> {
    locked(&OPEN).get(&(file as usize)).cloned()
}

unsafe extern "C" fn delete(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    sync_folder: c_int,
) -> c_int {
    let vfs = original();
    // SAFETY: as in `open`.
    let code = unsafe {
        match (*vfs).xDelete {
            Some(delete) => delete(vfs, path, sync_folder),
            None => ffi::SQLITE_IOERR_DELETE,
        }
    };
    // SAFETY: SQLite passes a C string.
    if let (ffi::SQLITE_OK, Some((disk, file))) = (code, unsafe { place(path) }) {
        locked(&disk).note(|| Op::Remove { file }, None);
    }
    code
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    match locked(&OPEN).remove(&(file as usize)) {
        Some(Open { before, .. }) => match before.xClose {
            // SAFETY: the function that belongs to this file object.
            Some(close) => unsafe { close(file) },
            None => ffi::SQLITE_OK,
        },
        None => ffi::SQLITE_IOERR_CLOSE,
    }
}

fn code(trouble: Trouble, io: c_int) -> c_int {
    match trouble {
        Trouble::Full => ffi::SQLITE_FULL,
        Trouble::ReadOnly => ffi::SQLITE_READONLY,
        Trouble::Io => io,
    }
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    length: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    let Some(open) = opened(file) else {
        return ffi::SQLITE_IOERR_READ;
    };
    if let Some(trouble) = locked(&open.disk).trouble(open.kind, Deed::Read) {
        return code(trouble, ffi::SQLITE_IOERR_READ);
    }
    match open.before.xRead {
        // SAFETY: the function that belongs to this file object, with the arguments that it was called with.
        Some(read) => unsafe { read(file, into, length, at) },
        None => ffi::SQLITE_IOERR_READ,
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    let Some(open) = opened(file) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    // Held throughout, so that what is noted has the order in which it happened.
    let mut disk = locked(&open.disk);
    if let Some(trouble) = disk.trouble(open.kind, Deed::Write) {
        return code(trouble, ffi::SQLITE_IOERR_WRITE);
    }
    let done = match open.before.xWrite {
        // SAFETY: as in `read`.
        Some(write) => unsafe { write(file, from, length, at) },
        None => ffi::SQLITE_IOERR_WRITE,
    };
    if done == ffi::SQLITE_OK {
        let op = || Op::Write {
            file: open.name.clone(),
            at: usize::try_from(at).unwrap_or(usize::MAX),
            // SAFETY: SQLite passes so many bytes to be written.
            bytes: unsafe {
                std::slice::from_raw_parts(from.cast(), usize::try_from(length).unwrap_or(0))
            }
            .to_vec(),
        };
        disk.note(op, Some(Deed::Write));
    }
    done
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    let Some(open) = opened(file) else {
        return ffi::SQLITE_IOERR_TRUNCATE;
    };
    let mut disk = locked(&open.disk);
    let done = match open.before.xTruncate {
        // SAFETY: as in `read`.
        Some(truncate) => unsafe { truncate(file, length) },
        None => ffi::SQLITE_IOERR_TRUNCATE,
    };
    if done == ffi::SQLITE_OK {
        let op = || Op::Cut {
            file: open.name.clone(),
            length: usize::try_from(length).unwrap_or(0),
        };
        disk.note(op, None);
    }
    done
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let Some(open) = opened(file) else {
        return ffi::SQLITE_IOERR_FSYNC;
    };
    if let Some(trouble) = locked(&open.disk).trouble(open.kind, Deed::Sync) {
        return code(trouble, ffi::SQLITE_IOERR_FSYNC);
    }
    let done = match open.before.xSync {
        // SAFETY: as in `read`. The disk is not held: readers must not wait for it.
        Some(sync) => unsafe { sync(file, flags) },
        None => ffi::SQLITE_IOERR_FSYNC,
    };
    if done == ffi::SQLITE_OK {
        let op = || Op::Sync {
            file: open.name.clone(),
        };
        locked(&open.disk).note(op, Some(Deed::Sync));
    }
    done
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    op: c_int,
    argument: *mut c_void,
) -> c_int {
    let Some(open) = opened(file) else {
        return ffi::SQLITE_IOERR;
    };
    if op == ffi::SQLITE_FCNTL_PRAGMA && locked(&open.disk).synchronous_off {
        // SAFETY: with this operation SQLite passes an array of strings: place for a message, the pragma's name, its value
        // or null.
        unsafe { overrule(argument.cast()) };
    }
    match open.before.xFileControl {
        // SAFETY: as in `read`.
        Some(control) => unsafe { control(file, op, argument) },
        None => ffi::SQLITE_NOTFOUND,
    }
}

/// Makes `OFF` of the value of `PRAGMA synchronous`.
///
/// # Safety
/// `pragma` is what SQLite passes with `SQLITE_FCNTL_PRAGMA`.
unsafe fn overrule(pragma: *const *mut c_char) {
    // SAFETY: promised by the caller. The value is SQLite's own copy of a word of the statement; it is only overwritten where
    // it is long enough.
    unsafe {
        let (name, value) = (*pragma.add(1), *pragma.add(2));
        if CStr::from_ptr(name).to_bytes() == b"synchronous"
            && !value.is_null()
            && CStr::from_ptr(value).count_bytes() >= 3
        {
            ptr::copy_nonoverlapping(c"OFF".as_ptr(), value, 4);
        }
    }
}
