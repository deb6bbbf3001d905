#![allow(missing_docs, clippy::unwrap_used, reason="tmp")]
use std::time::Instant;use std::hint::black_box;
fn main(){
 let names=["a","b","c","d"];
 for src in ["5","a","a*2+1","floor((a-10)/2)","10 + b + if(c >= 5, 1, 0)","max(a,b)*c + d/3","table(a,1:2,5:3,9:4,13:5,17:6)","table(a,1:b,5:c,9:d)","clamp(a + b*c - d, 0, 20)","a and b or c","curve(a,(0,0),(10,5),(20,6))","2d6+a"]{
  let p=wayfarer_formula::parse(src).unwrap().compile(&names).unwrap();
  let slots=[17.0f32,3.0,5.0,2.0];
  let n=5_000_000u32;let t=Instant::now();let mut s=0.0;
  for _ in 0..n{ s+=black_box(&p).eval(black_box(&slots)); }
  println!("{src:40} ops {} {:.2} ns  {s}",p.len(),t.elapsed().as_nanos() as f64/f64::from(n));
 }
 for d in ["100d1000","100d6!","20d100kl20","100d11kh99","7d100!","4d1000kh3","100d60r1","10d10kh5"]{
  match d.parse::<wayfarer_formula::Dice>(){Ok(d)=>{let t=Instant::now();let x=d.distribution();println!("{d} {:?} {}",t.elapsed(),x.outcomes());}
  Err(e)=>println!("{d} {e}")}
 }
 let long="100d8+".repeat(100)+"1"; let hostile=["100d1000 + 100d400","100d100+100d100","100d100*d20","20d100kl20+20d100kl20+20d100kl20+20d100kl20",&long];
 for src in hostile{ let p=wayfarer_formula::parse(src).unwrap().compile(&names).unwrap();let t=Instant::now();let r=p.distribution(&[]).map(|d|d.outcomes());println!("{} {:?} {:?}",&src[..18],t.elapsed(),r.map_err(|e|e.message));
 }
}
