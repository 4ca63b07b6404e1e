//! Registers: where expressions leave values for each other.

use nlink_core::open_enum;
use nlink_uapi::nf_tables::*;

open_enum! {
    /// A register (`enum nft_registers`): four of 16 bytes, which are also sixteen of 4 bytes.
    pub struct Register(u32) {
        /// What becomes of the packet.
        VERDICT = NFT_REG_VERDICT, "0";
        /// The first of 16 bytes.
        ONE = NFT_REG_1, "1";
        /// The second of 16 bytes.
        TWO = NFT_REG_2, "2";
        /// The third of 16 bytes.
        THREE = NFT_REG_3, "3";
        /// The fourth of 16 bytes.
        FOUR = NFT_REG_4, "4";
    }
}
