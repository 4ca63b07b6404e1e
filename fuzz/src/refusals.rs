//! A whole connection, whose kernel is ours: it refuses an object with any extended acknowledgement, or answers a
//! request with any datagrams before it says no. The error is a sentence, and nobody waits.

use nlink_core::object::{Add, Object};
use nlink_core::testing::FakeKernel;
use nlink_core::wire::Message;
use nlink_core::{Connection, Result, Rtnetlink};
use nlink_route::address::Address;
use nlink_route::link::Link;
use nlink_route::route::Route;
use tokio::runtime::Runtime;

use crate::engine::message;
use crate::input::Input;
use crate::messages::bytes;

/// A kernel with a connection to it, kept from one run to the next.
struct Far {
    runtime: Runtime,
    kernel: FakeKernel,
    rt: Connection<Rtnetlink>,
}

thread_local! {
    static FAR: Far = Far::new();
}

/// The first byte says what is asked; then come an error number, and the length of what is behind the error.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    FAR.with(|far| match input.byte() % 4 {
        0 => far.refuse::<Link>(input),
        1 => far.refuse::<Address>(input),
        2 => far.refuse::<Route>(input),
        _ => far.answer(input),
    });
}

impl Far {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let kernel = FakeKernel::new();
        let rt = {
            let _inside = runtime.enter();
            kernel.connect::<Rtnetlink>()
        };
        Self { runtime, kernel, rt }
    }

    fn refuse<T: Add + Object<Protocol = Rtnetlink>>(&self, mut input: Input<'_>) {
        let errno = i32::from(input.short()).max(1);
        let tlvs = input.chunk();
        let grown = input.byte() & 1 != 0;
        let Ok(object) = <T as Message>::decode(&bytes(grown, &T::TABLE, input)) else { return };
        let refused = self.runtime.block_on(async {
            let kernel = async {
                // What cannot be written is never asked.
                if let Some(asked) = self.kernel.control().try_asked() {
                    self.kernel.control().deliver(&asked.error(errno, tlvs));
                }
            };
            tokio::join!(self.rt.add(object), kernel).0
        });
        self.settled(refused);
    }

    fn answer(&self, mut input: Input<'_>) {
        let flags = input.short();
        let refused = self.runtime.block_on(async {
            let kernel = async {
                let Some(asked) = self.kernel.control().try_asked() else { return };
                for _ in 0..input.below(4) {
                    let datagram = match input.byte() % 2 {
                        0 => input.chunk().to_vec(),
                        _ => message(asked.header.sequence, &mut input),
                    };
                    self.kernel.control().deliver(&datagram);
                }
                self.kernel.control().deliver(&asked.error(22, input.rest()));
            };
            tokio::join!(self.rt.request(16).flags(flags), kernel).0
        });
        self.settled(refused.map(|reply| reply.bodies().for_each(drop)));
    }

    fn settled(&self, refused: Result<()>) {
        if let Err(error) = refused {
            assert!(!error.to_string().is_empty());
            let _ = (format!("{error:?}"), error.is_exists(), error.errno());
        }
        assert_eq!(self.rt.counters().in_flight, 0, "nobody waits");
    }
}
